import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The commands of the README, in a copy of the project.
const root = join(__dirname, "..", "..");
const good = "container_runtime: crio\nlocal:\n  endpoint: http://otlp.example.com\n";
const bad = good.replace("crio", "cri-o");

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  for (const name of ["node_modules", "lib", "imports", "scripts", "main.ts"]) {
    symlinkSync(join(root, name), join(project, name));
  }
  cpSync(join(root, "cdk8s.yaml"), join(project, "cdk8s.yaml"));
  mkdirSync(join(project, "environments"));
  write("a", good);
});
// Each command starts node anew, some of them twice.
jest.setTimeout(60_000);

afterEach(() => rmSync(project, { recursive: true }));

function write(environment: string, text: string): void {
  writeFileSync(join(project, "environments", `${environment}.yaml`), text);
}

function run(...args: readonly string[]) {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: "false", CDK8S_OUTDIR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

const app = (...args: readonly string[]) => run("scripts/run.js", "main.ts", ...args);
const cli = (...args: readonly string[]) => run("node_modules/cdk8s-cli/bin/cdk8s", "synth", ...args);

/** Every file of dist/ with its content. */
function dist(): Readonly<Record<string, string>> {
  const files = readdirSync(join(project, "dist"), { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith(".yaml"))
      .toSorted()
      .map((file) => [file, readFileSync(join(project, "dist", file), "utf8")]),
  );
}

const mistake =
  'environments/b.yaml:1:1: container_runtime: must be docker, crio or containerd, is "cri-o"; write crio\n';

describe.each([
  ["the app", app],
  ["the cdk8s CLI", cli],
])("%s", (_, synth) => {
  test("writes a folder for each environment, and the second time the same bytes", () => {
    write("b", good);
    expect(synth()).toMatchObject({
      status: 0,
      stderr: "2 of 2 environments changed: a (new), b (new)\n",
    });
    const first = dist();
    expect(Object.keys(first)).toContain("a/DaemonSet.alloy.k8s.yaml");
    expect(Object.keys(first)).toContain("b/ConfigMap.alloy-config.k8s.yaml");
    expect(synth()).toMatchObject({ status: 0, stderr: "2 environments, nothing changed\n" });
    expect(dist()).toEqual(first);
  });

  test("tells what an environment loses by what it allows, and writes it", () => {
    const remote = "remote: {endpoint: https://a.example.com, secret: a, auth_type: mtls}\n";
    write("a", `${good}stability: generally-available\n${remote}`);
    const { status, stderr } = synth();
    expect(status).toBe(0);
    expect(stderr).toBe(
      "notice: environments/a.yaml:4:1: stability: generally-available has no queue on disk: that of remote is in memory, 32Mi for each signal, and lost when the agent ends; write public-preview to keep it\n1 of 1 environment changed: a (new)\n",
    );
    expect(Object.keys(dist())).toContain("a/DaemonSet.alloy.k8s.yaml");
  });

  test("changes nothing if anything is wrong, and says what", () => {
    expect(synth()).toMatchObject({ status: 0 });
    const before = dist();
    write("a", good.replace("crio", "docker"));
    write("b", bad);
    const { status, stderr } = synth();
    expect(status).toBe(1);
    expect(stderr).toContain(mistake);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(dist()).toEqual(before);
  });
});

test("the app prints the mistakes alone", () => {
  write("b", bad);
  expect(app()).toEqual({ status: 1, stdout: "", stderr: `${mistake}nothing was written\n` });
});

test("a mistake that only building finds is told beside those of other files", () => {
  write("a", `${good}pod_security: baseline\n`);
  write("b", bad);
  const { status, stderr } = app();
  expect(status).toBe(1);
  expect(stderr.split("\n")).toEqual([
    expect.stringMatching(/^environments\/a\.yaml:4:1: pod_security: /),
    mistake.trim(),
    "nothing was written",
    "",
  ]);
  write("a", `${good}pod_security: privileged\n`);
  expect(app()).toMatchObject({ status: 1, stderr: `${mistake}nothing was written\n` });
});

test("the CLI's --stdout fails with the app", () => {
  const { status, stdout } = cli("--stdout");
  expect(status).toBe(0);
  expect(stdout).toContain("kind: DaemonSet");
  expect(readdirSync(project)).not.toContain("dist");
  write("b", bad);
  expect(cli("--stdout")).toMatchObject({ status: 1 });
});

test("an option that is not known is a mistake of the operator too", () => {
  const { status, stderr } = app("--enviroments", "fleet");
  expect(status).toBe(1);
  expect(stderr).toBe("there is no option --enviroments; write --environments\nnothing was written\n");
});

test.each([
  ["constructor", "is a word of JavaScript, by which no environment can be named; rename it"],
  ["toString", expect.stringMatching(/^names a folder of manifests, .*; rename it to tostring\.yaml$/)],
])("an environment can't be named %s", (name, message) => {
  write(name, `${good}pod_security: restricted\n`);
  const { status, stderr } = app();
  const [first, second, ...others] = stderr.split("\n");
  expect([status, first?.replace(`environments/${name}.yaml: `, ""), others]).toEqual([
    1,
    message,
    ["nothing was written", ""],
  ]);
  // What else is wrong with it is said too.
  expect(second).toMatch(/^environments\/\w+\.yaml:4:1: pod_security: /);
});

test("what is no file can't be read, and isn't waited for", () => {
  mkdirSync(join(project, "environments", "b.yaml"));
  spawnSync("mkfifo", [join(project, "environments", "c.yaml")]);
  expect(app()).toMatchObject({
    status: 1,
    stderr: [
      "environments/b.yaml: is a folder; make it a file, or name it otherwise",
      "environments/c.yaml: is no file that can be read; make it one",
      "nothing was written\n",
    ].join("\n"),
  });
});

test("the command explains itself", () => {
  const { status, stdout, stderr } = app("--help");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr).toContain("npm run synth -- --check");
  expect(readdirSync(project)).not.toContain("dist");
});

test("the check writes nothing, and fails where the output is not what synthesizes", () => {
  expect(app("--check")).toEqual({
    status: 1,
    stdout: "",
    stderr: "dist/a: is not written yet; run npm run synth\nnothing was written\n",
  });
  app();
  expect(app("--check")).toEqual({ status: 0, stdout: "", stderr: "dist is what synthesizes\n" });
  writeFileSync(join(project, "dist/a/zz.yaml"), "");
  expect(app("--check")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("dist/a/zz.yaml: is generated by nothing"),
  });
});

test("one environment can be synthesized alone, though another is wrong", () => {
  write("b", bad);
  expect(app("a")).toMatchObject({ status: 0 });
  expect(readdirSync(join(project, "dist"))).toEqual(["a"]);
  expect(app("environments/a.yaml")).toMatchObject({ status: 0, stderr: "1 environment, nothing changed\n" });
});

test("environments elsewhere need an output of their own", () => {
  mkdirSync(join(project, "fleet"));
  writeFileSync(join(project, "fleet", "c.yaml"), good);
  expect(app("--environments", "fleet")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("write --output too"),
  });
  expect(readdirSync(project)).not.toContain("dist");
});

test("environments and manifests can be elsewhere", () => {
  const elsewhere = join(project, "fleet");
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, "c.yaml"), good);
  expect(app("--environments", "fleet", "--output", "fleet/manifests")).toMatchObject({ status: 0 });
  expect(readdirSync(join(elsewhere, "manifests"))).toEqual(["c"]);
  expect(readdirSync(project)).not.toContain("dist");
});
