import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { least } from "./planned";
import { Project } from "./project";

// The command as a reviewer runs it.
let project: Project;
beforeEach(() => {
  project = new Project({ a: least, b: least });
});
// Each command starts node anew.
jest.setTimeout(120_000);

afterEach(() => project.remove());

const nothing = { status: 0, stdout: "2 environments, nothing changes\n", stderr: "" };

test("what is committed changes nothing, and what is to be committed changes what it says", () => {
  expect(project.plan()).toEqual(nothing);
  project.write("environments/a.yaml", `${least}max_unavailable: 1\n`);
  const { status, stdout, stderr } = project.plan();
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(/^a: DaemonSet; no pod restarts\n/);
  expect(stdout).toMatch(/maxUnavailable: 10% → 1\n\n1 of 2 environments changes\n$/);
  // It writes nothing, and takes no heed of what synth has written since.
  expect(project.git("status", "--porcelain")).toBe("M environments/a.yaml");
  project.synth();
  expect(project.plan()).toEqual({ status, stdout, stderr });
});

test("names, another commit and a folder are compared alone", () => {
  project.write("environments/a.yaml", `${least}max_unavailable: 1\n`);
  expect(project.plan("b")).toEqual({ ...nothing, stdout: "1 environment, nothing changes\n" });
  expect(project.plan("environments/a.yaml", "b")).toMatchObject({ status: 1 });
  project.synth();
  expect(project.plan("--against", "dist")).toEqual(nothing);
  project.commit();
  expect(project.plan()).toEqual(nothing);
  expect(project.plan("--against", "HEAD~1")).toMatchObject({ status: 1 });
});

test("an environment that is no more is said, unless others are named", () => {
  rmSync(join(project.path, "environments", "b.yaml"));
  expect(project.plan()).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^b: removed; pods end\n/),
  });
  expect(project.plan("a")).toMatchObject({ status: 0 });
});

test("environments elsewhere, whose output is in another repository", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "fleet-"));
  try {
    const folders = [
      "--environments",
      join(elsewhere, "environments"),
      "--output",
      join(elsewhere, "manifests"),
    ];
    mkdirSync(join(elsewhere, "environments"));
    writeFileSync(join(elsewhere, "environments", "z.yaml"), least);
    expect(project.plan(...folders)).toMatchObject({ status: 2 });
    project.git("init", "--quiet", elsewhere);
    project.git("-C", elsewhere, "commit", "--quiet", "--allow-empty", "--message", "x");
    expect(project.plan(...folders)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^z: new; pods start\n/),
    });
    project.synth(...folders);
    project.git("-C", elsewhere, "add", "--all");
    project.git("-C", elsewhere, "commit", "--quiet", "--message", "x");
    expect(project.plan(...folders)).toEqual({ ...nothing, stdout: "1 environment, nothing changes\n" });
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test("Markdown is for a comment, and says too where nothing changes", () => {
  expect(project.plan("--markdown")).toEqual({
    ...nothing,
    stdout: "## Plan: 2 environments, nothing changes\n",
  });
  project.write("environments/a.yaml", `${least}max_unavailable: 1\n`);
  expect(project.plan("--markdown").stdout).toMatch(/^## Plan: 1 of 2 environments changes\n\n### a/);
});

test.each([
  [
    "a mistake in a setting",
    () => project.write("environments/a.yaml", least.replace("crio", "cri-o")),
    [],
    /^environments\/a\.yaml:1:1: container_runtime: .*\nnothing is planned\n$/,
  ],
  [
    "a commit that isn't there",
    () => {},
    ["--against", "none"],
    /^--against none: is neither a folder nor a commit of git.*\nnothing is planned\n$/,
  ],
  [
    "an option that isn't known",
    () => {},
    ["--agianst", "x"],
    /^there is no option --agianst; write --against\nnothing is planned\n$/,
  ],
  [
    "what was written is no manifest",
    () => {
      project.write("dist/a/DaemonSet.alloy.k8s.yaml", "<<<<<<< HEAD\nkind: {\n");
      project.commit();
    },
    [],
    /^a\/DaemonSet\.alloy\.k8s\.yaml: .*\nnothing is planned\n$/,
  ],
])("%s is trouble, not a change", (_, prepare, args, message) => {
  prepare();
  const { status, stdout, stderr } = project.plan(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
});

test("help says what there is, and does nothing", () => {
  expect(project.plan("--help")).toMatchObject({ status: 0, stdout: "" });
  expect(project.plan("--help").stderr).toMatch(/--against REF\|FOLDER/);
  expect(readdirSync(project.path)).toContain("dist");
});
