import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { readEnvironments } from "../../lib/environment";
import { newEnvironment } from "../../scripts/new-environment";

// A repository of an operator's own, with the commands of docs/fleet.md.
const root = join(__dirname, "..", "..");
jest.setTimeout(120_000);

let fleet: string;
beforeEach(() => {
  fleet = mkdtempSync(join(tmpdir(), "fleet-"));
});
afterEach(() => rmSync(fleet, { recursive: true }));

/** Runs a script of package.json, from a folder. */
function npm(folder: string, ...words: readonly string[]) {
  const env = { ...process.env, INIT_CWD: undefined, npm_config_prefix: undefined };
  const args = ["--prefix", root, "run", "--silent", ...words];
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: folder, encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** The same program as the script, from the fleet's folder, by paths from there. */
function program(path: string, ...words: readonly string[]) {
  const args = [join(root, "scripts/run.js"), join(root, path), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: fleet, encoding: "utf8" });
  return { status, stdout, stderr };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(fleet, path)), { recursive: true });
  writeFileSync(join(fleet, path), text);
}

/** Commits all that there is, as if it were on the remote's branch too. */
function commit(): void {
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...words], { cwd: fleet });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "All");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
}

const read = (path: string) => readFileSync(join(fleet, path), "utf8");
const files = (folder: string) => readdirSync(join(fleet, folder)).toSorted();

describe("a repository of one's own", () => {
  const page = readFileSync(join(root, "docs/fleet.md"), "utf8");
  const commands = [...page.matchAll(/^npm run (.*)$/gm)].map(([, words = ""]) => words.split(" "));

  test("is made by the commands of the page, checked by them, and told what is not up to date", () => {
    const here = (words: readonly string[]) =>
      words.map((word) => word.replace(/^\.\.\//, `${relative(root, fleet)}/`));
    expect(commands.length).toBeGreaterThanOrEqual(8);
    for (const words of commands) {
      if (words[0] === "plan") commit();
      expect([words, npm(fleet, ...here(words))]).toEqual([words, expect.objectContaining({ status: 0 })]);
    }
    expect(files(".")).toEqual([".git", "environments", "manifests", "pages"]);
    expect(files("environments")).toEqual(["base.schema.json", "lab-1.yaml", "schema.json"]);
    expect(files("manifests")).toEqual(["lab-1"]);
    expect(files("pages")).toEqual(["lab-1.md", "lab-1.svg"]);
    expect(read("environments/schema.json")).toBe(
      readFileSync(join(root, "environments/schema.json"), "utf8"),
    );
    expect(read("pages/lab-1.md")).toContain("<!-- Generated from environments/lab-1.yaml: change that file");

    write("environments/_fleet.yaml", read("environments/lab-1.yaml").replace("containerd\n", "crio\n"));
    write("environments/lab-1.yaml", "extends: _fleet.yaml\n");
    write("environments/schema.json", read("environments/schema.json").replace("Grafana Alloy", "Alloy"));
    const checks = commands
      .filter((words) => words.includes("--check"))
      .map((words) => npm(fleet, ...here(words)));
    expect(checks.map(({ status }) => status)).toEqual([1, 1, 1]);
    const plan = commands.find(([script]) => script === "plan") ?? [];
    expect(npm(fleet, ...here(plan))).toMatchObject({ status: 1, stdout: expect.stringMatching(/^lab-1: /) });
    expect(checks[0]?.stderr).toMatch(/lab-1\/ConfigMap\.alloy-config\.k8s\.yaml: is not what synthesizes/);
    expect(checks[1]?.stderr).toMatch(
      /pages\/lab-1\.md: is not what is generated; run npm run generate:pages -- /,
    );
    expect(checks[2]?.stderr).toMatch(/environments\/schema\.json: is not what is generated/);
    expect(read("pages/lab-1.md")).toContain("The container runtime is containerd.");
  });

  test("has the same by paths from its own folder", () => {
    expect(program("scripts/new.ts", "lab-1", "--environments", "environments")).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^written: environments\/lab-1\.yaml, environments\/schema\.json, /),
    });
    const folders = ["--environments", "environments", "--output"];
    expect(program("main.ts", ...folders, "manifests")).toMatchObject({ status: 0 });
    expect(program("scripts/generate-pages.ts", ...folders, "pages")).toMatchObject({ status: 0 });
    write("environments/lab-1.yaml", "extends: _fleet.yaml\n");
    write("environments/_fleet.yaml", "container_runtime: cri-o\nlocal: {endpoint: http://a}\n");
    const mistake =
      'environments/_fleet.yaml:1:1: container_runtime: must be docker, crio or containerd, is "cri-o"; write crio (for environments/lab-1.yaml)\n';
    expect(program("main.ts", ...folders, "manifests")).toMatchObject({
      status: 1,
      stderr: `${mistake}nothing was written\n`,
    });
    expect(program("scripts/generate-pages.ts", ...folders, "pages")).toMatchObject({
      status: 1,
      stderr: mistake,
    });
  });
});

describe("pages elsewhere", () => {
  const pages = ["--environments", "environments", "--output", "pages"];
  const least = "container_runtime: crio\nlocal: {endpoint: http://a}\n";

  test("of environments that are no more go; what others wrote stays, and is not replaced", () => {
    write("environments/a.yaml", least);
    write("environments/b.yaml", least);
    write("pages/README.md", "Ours.\n");
    const said = (stderr: string) => ({ status: 0, stdout: "", stderr });
    expect(program("scripts/generate-pages.ts", ...pages)).toEqual(said("pages: 4 files, 4 written\n"));
    expect(program("scripts/generate-pages.ts", ...pages)).toEqual(said("pages: 4 files, nothing changed\n"));
    expect(program("scripts/generate-pages.ts", ...pages, "--check")).toEqual(
      said("pages: 4 files as generated\n"),
    );
    rmSync(join(fleet, "environments/b.yaml"));
    write("pages/a.svg", "<svg/>\n");
    expect(program("scripts/generate-pages.ts", ...pages)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^pages\/a\.svg: is none that npm run generate:pages .* wrote, and would be replaced;/,
      ),
    });
    rmSync(join(fleet, "pages/a.svg"));
    expect(program("scripts/generate-pages.ts", ...pages)).toEqual(
      said("pages: 2 files, 1 written, 2 removed\n"),
    );
    expect(files("pages")).toEqual(["README.md", "a.md", "a.svg"]);
  });

  test("want a folder of their own", () => {
    write("environments/a.yaml", least);
    expect(program("scripts/generate-pages.ts", "--environments", "environments")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("write --output too"),
    });
    expect(files(".")).toEqual(["environments"]);
  });

  test("tell a chart value that has no render at its place", () => {
    write("environments/a.yaml", `${least}nameOverride: other\n`);
    expect(program("scripts/generate-pages.ts", ...pages)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^environments\/a\.yaml:3:1: nameOverride: .*chart:record/),
    });
  });
});

describe("npm run new", () => {
  const make = (...words: readonly string[]) => program("scripts/new.ts", ...words);

  test.each([
    [[], "the name is missing; write npm run new -- NAME, such as lab-1"],
    [["a", "b"], "a b: are several names; write one"],
    [["Lab_1"], expect.stringMatching(/^Lab_1: is no name of an environment, .*; write lab-1$/)],
    [["_fleet"], expect.stringMatching(/^_fleet: is no name of an environment, .*; write fleet$/)],
    [["lab-1"], "environments/lab-1.yaml: is there already; change it, or write another name"],
    [
      ["environments/lab-1.yaml"],
      "environments/lab-1.yaml: is there already; change it, or write another name",
    ],
    [["../lab-2"], expect.stringMatching(/^\.\.\/lab-2: is no name of an environment, /)],
    [["--name", "a"], "there is no option --name; see npm run new -- --help"],
    [
      ["a", "--environments", "none/environments"],
      expect.stringMatching(/^none\/environments: can't be reached, /),
    ],
    [
      ["a", "--environments", "environments/lab-1.yaml"],
      expect.stringMatching(/^environments\/lab-1\.yaml: is below a file; /),
    ],
  ])("with %j writes nothing, and says why", (words, says) => {
    write("environments/lab-1.yaml", "# mine\n");
    const { status, stderr } = make(...words);
    expect(status).toBe(1);
    expect(stderr.split("\n")).toEqual([says, "nothing was written", ""]);
    expect(files("environments")).toEqual(["lab-1.yaml"]);
    expect(read("environments/lab-1.yaml")).toBe("# mine\n");
  });

  test("writes a file that synthesizes, and leaves the schemas that are there", () => {
    write("environments/schema.json", "{}");
    const { status, stderr } = make("environments/lab-1.yaml");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr:
        "written: environments/lab-1.yaml, environments/base.schema.json\nChange environments/lab-1.yaml to what the cluster is like; then npm run synth -- lab-1\n",
    });
    expect(read("environments/schema.json")).toBe("{}");
    expect(program("main.ts", "lab-1")).toMatchObject({
      status: 0,
      stderr: "1 of 1 environment changed: lab-1 (new)\n",
    });
  });

  test("has settings in its comments that can be written, each alone and all together", () => {
    const text = newEnvironment("lab-1", ["_fleet.yaml"]);
    const blocks = [...text.matchAll(/^(?:#(?! ).*\n|# {2}.*\n)+/gm)].map(([block]) => block);
    expect(blocks.map((block) => block.split(":")[0])).toEqual([
      "#extends",
      "#remote",
      "#aistore",
      "#scrape",
      "#host_network",
    ]);
    write("environments/_fleet.yaml", "host_network: false\n");
    const set = (block: string) => block.replaceAll(/^#/gm, "");
    for (const block of [...blocks, ""]) {
      write(
        "environments/lab-1.yaml",
        block === ""
          ? blocks.reduce((all, one) => all.replace(one, set(one)), text)
          : text.replace(block, set(block)),
      );
      expect([block, readEnvironments(join(fleet, "environments")).diagnostics]).toEqual([block, []]);
    }
  });

  test("names the files that it may extend", () => {
    write("environments/_b.yaml", "");
    write("environments/_a.yaml", "");
    make("lab-1");
    expect(read("environments/lab-1.yaml")).toMatch(/\n#extends: _a\.yaml\n#extends: _b\.yaml\n/);
    expect(newEnvironment("lab-1", [])).not.toContain("extends");
  });
});
