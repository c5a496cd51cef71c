import { spawnSync } from "node:child_process";
import fs, { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { committedManifests } from "../../../scripts/plan/committed";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "committed-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
}

function git(...args: readonly string[]): string {
  const own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"];
  const { status, stdout, stderr } = spawnSync("git", ["-C", root, ...own, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "x");
}

/** An environment's folder, as synth wrote it. */
function environment(path: string, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) write(`${path}/${name}`, text);
  write(`${path}/.generated-files`, `# comment\n${Object.keys(texts).join("\n")}\n`);
}

function read(against: string, names: readonly string[] = [], output = "dist") {
  const folders = committedManifests({ against, output: join(root, output) }, names);
  return Object.fromEntries(
    [...folders].map(([name, files]) => [
      name,
      Object.fromEntries([...files].filter(([file]) => file !== ".generated-files")),
    ]),
  );
}

describe("of a commit", () => {
  beforeEach(() => {
    git("init", "--quiet");
    environment("dist/a", { "x.yaml": "one\n", "y.yaml": "ü\n" });
    commit();
  });

  test("the files that synth wrote are read as they were committed, whatever the working tree has", () => {
    write("dist/a/x.yaml", "two\n");
    rmSync(join(root, "dist/a/y.yaml"));
    expect(read("HEAD")).toEqual({ a: { "x.yaml": "one\n", "y.yaml": "ü\n" } });
  });

  test("any name of a commit is taken", () => {
    git("tag", "v1");
    git("branch", "other");
    write("dist/a/x.yaml", "two\n");
    commit();
    for (const name of ["v1", "other", "HEAD~1", git("rev-parse", "v1")]) {
      expect(read(name)).toMatchObject({ a: { "x.yaml": "one\n" } });
    }
    expect(read("HEAD")).toMatchObject({ a: { "x.yaml": "two\n" } });
  });

  test("an output that is removed, and one that the commit doesn't have", () => {
    rmSync(join(root, "dist"), { recursive: true });
    expect(Object.keys(read("HEAD"))).toEqual(["a"]);
    expect(read("HEAD", [], "clusters/prod")).toEqual({});
  });

  test("links, files that synth did not write and folders within an environment's are left out", () => {
    symlinkSync("x.yaml", join(root, "dist/a/link.yaml"));
    write("dist/a/foreign.yaml", "x");
    write("dist/a/deep/z.yaml", "x");
    write("dist/README.md", "x");
    environment("dist/.hidden", { "x.yaml": "x" });
    commit();
    expect(read("HEAD")).toMatchObject({ a: { "x.yaml": "one\n", "y.yaml": "ü\n" } });
  });

  test("an output that is the repository itself, and names with blanks", () => {
    environment("a b/c", { "x y.yaml": "z\n" });
    commit();
    expect(read("HEAD", [], "a b")).toEqual({ c: { "x y.yaml": "z\n" } });
    expect(Object.keys(read("HEAD", [], "dist/a/.."))).toEqual(["a"]);
  });

  test.each(["nothing", "--help", "HEAD:dist"])("%s is no commit, which is said", (name) => {
    expect(() => read(name)).toThrow(`--against ${name}: is neither a folder nor a commit of git`);
  });

  test("a repository without a commit says so too", () => {
    rmSync(join(root, ".git"), { recursive: true });
    git("init", "--quiet");
    expect(() => read("HEAD")).toThrow("--against HEAD: is neither a folder nor a commit of git");
  });
});

test("without a repository, a folder is asked for", () => {
  expect(() => read("HEAD")).toThrow(/dist: is in no repository of git \(.*\); write --against FOLDER$/);
});

describe("of a folder", () => {
  test("the folders that synth wrote are read", () => {
    environment("old/a", { "x.yaml": "one\n" });
    write("old/a/foreign.yaml", "x");
    write("old/other/x.yaml", "x");
    expect(read(join(root, "old"))).toEqual({ a: { "x.yaml": "one\n" } });
  });

  test("one that older versions left without a list is read, if there is such an environment", () => {
    write("old/a/x.yaml", "one\n");
    write("old/a/notes.txt", "x");
    write("old/a/kustomization.yaml", "x");
    write("old/other/x.yaml", "x");
    expect(read(join(root, "old"), ["a"])).toEqual({ a: { "x.yaml": "one\n" } });
  });

  test("one without manifests is a mistake, and not a fleet that is all new", () => {
    write("old/a/notes.txt", "x");
    expect(() => read(join(root, "old"))).toThrow("holds no folder of manifests");
    expect(readdirSync(root)).toEqual(["old"]);
  });

  test("what is in others is not read: it may be anything, and of any size", () => {
    environment("old/a", { "x.yaml": "one\n" });
    write("old/b/x.yaml", "two\n");
    write("old/other/x.yaml", "x");
    const reading = jest.spyOn(fs, "readFileSync");
    read(join(root, "old"), ["b"]);
    const folders = reading.mock.calls.map(([path]) => basename(dirname(String(path))));
    expect([...new Set(folders)].toSorted()).toEqual(["a", "b"]);
    reading.mockRestore();
  });
});
