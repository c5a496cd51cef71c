import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
// Each command starts node anew.
jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrate-command-"));
  cpSync(join(__dirname, "running"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const command = [join(root, "scripts", "run.js"), join(root, "scripts", "migrate.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const file = (name: string) => join(folder, "environments", name);
const usual = ["helmfile.yaml", "--values", "clusters"];

test("it writes the files, says what became of lines, and what to do", () => {
  const { status, stdout, stderr } = run(...usual);
  expect(stderr).toBe(
    "4 of 4 environments, written: environments/_fleet.yaml, environments/bench.yaml, environments/north-1.yaml, environments/north-2.yaml, environments/south.yaml, environments/schema.json, environments/base.schema.json\n",
  );
  expect(status).toBe(0);
  expect(stdout).toContain("clusters/south.yaml:12:3: remote.region: is left out: nothing reads it today\n");
  expect(stdout).toContain("\n- Lines don't end in a newline.\n");
  expect(stdout).toContain("\n  npm run synth\n");
  expect(readdirSync(join(folder, "environments"))).toHaveLength(7);
});

test("its last words are the way of the page, with the names of the helmfile", () => {
  const page = readFileSync(join(root, "docs", "gitops.md"), "utf8");
  const [, section = ""] = page.split("\n## From the Helm release\n");
  const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  expect(blocks).toHaveLength(3);
  const { stdout } = run(...usual);
  for (const block of blocks) {
    expect(stdout).toContain(block.replaceAll(/^/gm, "  ").trimEnd().replace("dist/ais-qa", "dist/bench"));
  }
});

test("an agent of another name is uninstalled first", () => {
  const helmfile = readFileSync(join(folder, "helmfile.yaml"), "utf8");
  const other = helmfile
    .replace("name: alloy\n", "name: telemetry\n")
    .replaceAll("namespace: monitoring", "namespace: agents");
  writeFileSync(join(folder, "helmfile.yaml"), other);
  const { status, stdout } = run(...usual, "bench");
  expect(status).toBe(0);
  expect(stdout).toContain("  helm uninstall telemetry alloy-config --namespace agents\n");
  expect(stdout).toContain("  kubectl rollout status daemonset/alloy --namespace agents\n");
  expect(stdout).not.toContain("--cascade=orphan");
  expect(readFileSync(file("bench.yaml"), "utf8")).toContain("namespace: agents\n");
});

test("a second time nothing changes, and what a person has changed is not replaced unless that is asked for", () => {
  run(...usual);
  const before = readFileSync(file("north-1.yaml"), "utf8");
  expect(run(...usual)).toMatchObject({ status: 0, stderr: "4 of 4 environments, nothing changed\n" });

  appendFileSync(file("north-1.yaml"), "# mine\n");
  rmSync(file("south.yaml"));
  expect(run(...usual)).toMatchObject({
    status: 1,
    stdout: "",
    stderr:
      "environments/north-1.yaml: is there already, with other content; write --overwrite to replace it, or another --output\n",
  });
  expect(readFileSync(file("north-1.yaml"), "utf8")).toBe(`${before}# mine\n`);
  expect(existsSync(file("south.yaml"))).toBe(false);

  expect(run(...usual, "--overwrite")).toMatchObject({
    status: 0,
    stderr: "4 of 4 environments, written: environments/north-1.yaml, environments/south.yaml\n",
  });
  expect(readFileSync(file("north-1.yaml"), "utf8")).toBe(before);
});

test("an environment whose values file is missing is not written, and the others are", () => {
  rmSync(join(folder, "clusters", "south.yaml"));
  const { status, stderr } = run(...usual);
  expect(status).toBe(1);
  expect(stderr).toContain("3 of 4 environments, written: ");
  expect(stderr).toContain("\nhelmfile.yaml:19:9: south.yaml is not in clusters; put it there (south)\n");
  expect(existsSync(file("south.yaml"))).toBe(false);
  expect(existsSync(file("north-1.yaml"))).toBe(true);
});

test("names choose environments", () => {
  expect(run(...usual, "south")).toMatchObject({
    status: 0,
    stderr:
      "1 of 1 environment, written: environments/south.yaml, environments/schema.json, environments/base.schema.json\n",
  });
  expect(run(...usual, "west")).toMatchObject({
    status: 1,
    stderr: "west: no environment of helmfile.yaml, which has bench, north-1, north-2, south\n",
  });
});

test("labels that a remote couldn't tell apart are told, those of other files too", () => {
  mkdirSync(join(folder, "environments"));
  const other = readFileSync(join(folder, "clusters", "south.yaml"), "utf8").split("image:")[0] ?? "";
  const own = other
    .replace("  scope: none\n  region: eu\n", "")
    .replace("/loki/api/v1/push", "/otlp/v1/logs");
  writeFileSync(file("west.yaml"), `container_runtime: crio\n${own}`);
  const { status, stderr } = run(...usual, "south");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /\nclusters\/south\.yaml:8:3: remote\.label: the cluster is "south" as in environments\/west\.yaml:/,
  );
  expect(existsSync(file("south.yaml"))).toBe(false);
});

describe("what isn't understood is one line, and nothing is written", () => {
  test.each<[string, readonly string[], string]>([
    ["no helmfile", [], "the helmfile is missing; write npm run migrate -- helmfile.yaml --values FOLDER"],
    ["a helmfile that isn't there", ["other.yaml"], "other.yaml: can't be read; name a file that can be"],
    ["a folder", ["clusters"], "clusters: can't be read; name a file that can be"],
    [
      "a values file",
      ["clusters/south.yaml"],
      "clusters/south.yaml:1:1: environments: is missing, and with it every cluster; name today's helmfile",
    ],
    [
      "an empty file",
      ["empty.yaml"],
      "empty.yaml:1:1: environments: is missing, and with it every cluster; name today's helmfile",
    ],
    [
      "an output that is a file",
      [...usual, "--output", "empty.yaml"],
      "empty.yaml: is below a file; name a folder",
    ],
    ["no output", [...usual, "--output", ""], "--output names no folder; write one, such as environments"],
    ["an unknown option", [...usual, "--force"], "there is no option --force; see npm run migrate -- --help"],
  ])("%s", (_, args, message) => {
    writeFileSync(join(folder, "empty.yaml"), "# nothing\n");
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(existsSync(join(folder, "environments"))).toBe(false);
  });
});

test("--help explains it", () => {
  const { status, stderr } = run("--help");
  expect(status).toBe(0);
  for (const option of ["--values", "--output", "--overwrite"]) expect(stderr).toContain(option);
});
