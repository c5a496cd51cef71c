import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DiagnosticsError, fileDiagnostic, shownPath } from "../../lib/environment";
import { indexName, type Manifests, namesInIndex, tellFileErrors } from "../../lib/synthesis";
import type { PlanOptions } from "./options";

/**
 * The files that synth wrote to an output folder, as they were, by environment. Older versions of this project wrote no
 * index: without one these are the manifests of the folder, if there still is an environment of its name.
 *
 * @param names of the environments that there are
 * @throws DiagnosticsError where there is neither such a folder nor such a commit
 */
export function committedManifests(
  { against, output }: Pick<PlanOptions, "against" | "output">,
  names: readonly string[],
): ReadonlyMap<string, Manifests> {
  const isFolder = statSync(against, { throwIfNoEntry: false })?.isDirectory() === true;
  const folders = isFolder ? inFolder(against, names) : inCommit(against, output);
  const owned = [...folders].map(([name, files]) => [name, ownedFiles(files, names.includes(name))] as const);
  const environments = new Map(owned.filter(([, files]) => files.size > 0));
  if (isFolder && environments.size === 0) {
    const message =
      "holds no folder of manifests; name one such as dist, which has a folder for each environment";
    throw new DiagnosticsError([fileDiagnostic(shownPath(against), message)]);
  }
  return environments;
}

function ownedFiles(files: Manifests, isEnvironment: boolean): Manifests {
  const index = files.get(indexName);
  if (index === undefined) {
    return new Map(
      isEnvironment
        ? [...files].filter(([name]) => /\.ya?ml$/.test(name) && !/^kustomization\./.test(name))
        : [],
    );
  }
  const listed = new Set([...namesInIndex(index), indexName]);
  return new Map([...files].filter(([name]) => listed.has(name)));
}

/** The files of each folder in a folder that may have manifests: others may hold anything, or be closed. */
function inFolder(path: string, environments: readonly string[]): ReadonlyMap<string, Manifests> {
  return tellFileErrors(path, () => {
    const folders = readdirSync(path, { withFileTypes: true }).filter(
      (entry) =>
        entry.isDirectory() &&
        (environments.includes(entry.name) || existsSync(join(path, entry.name, indexName))),
    );
    return new Map(
      folders.map(({ name }) => {
        const files = readdirSync(join(path, name), { withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        );
        const texts = files.map(
          (file) => [file.name, readFileSync(join(path, name, file.name), "utf8")] as const,
        );
        return [name, new Map(texts)] as const;
      }),
    );
  });
}

/** The files of each folder in a folder of a commit. A folder that the commit doesn't have is empty. */
function inCommit(ref: string, output: string): ReadonlyMap<string, Manifests> {
  const [top, below] = existingPart(resolve(output));
  const git = (args: readonly string[], input = "") => runGit(top, args, input);
  const inside = git(["rev-parse", "--is-inside-work-tree"]);
  if (inside.status !== 0) {
    throw trouble(output, `is in no repository of git (${inside.said}); write --against FOLDER`);
  }
  const commit = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit.status !== 0) {
    throw trouble(
      `--against ${ref}`,
      "is neither a folder nor a commit of git; a clone for CI may have to fetch it first",
    );
  }
  const listed = git(["ls-tree", "-r", "-z", commit.text.trim(), "--", below === "" ? "." : `${below}/`]);
  if (listed.status !== 0) throw trouble(output, `can't be read from ${ref}: ${listed.said}`);
  const blobs = listed.text.split("\0").flatMap((line) => {
    const [, object = "", path = ""] = /^100\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    const [environment = "", file = "", ...deeper] = path
      .slice(below === "" ? 0 : below.length + 1)
      .split("/");
    return file === "" || deeper.length > 0 ? [] : [{ object, environment, file }];
  });
  const contents = git(["cat-file", "--batch"], blobs.map(({ object }) => `${object}\n`).join(""));
  if (contents.status !== 0) throw trouble(output, `can't be read from ${ref}: ${contents.said}`);
  const texts = batchTexts(contents.bytes, blobs.length);
  const folders = new Map<string, Map<string, string>>();
  for (const [place, { environment, file }] of blobs.entries()) {
    const files = folders.get(environment) ?? new Map<string, string>();
    folders.set(environment, files.set(file, texts[place] ?? ""));
  }
  return folders;
}

/** What `git cat-file --batch` writes: for each object a line that ends in its size, its bytes, and a line end. */
function batchTexts(bytes: Buffer, count: number): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; texts.length < count; ) {
    const start = bytes.indexOf("\n", at) + 1;
    const size = Number(bytes.toString("utf8", at, start).split(" ").at(-1));
    texts.push(bytes.toString("utf8", start, start + size));
    at = start + size + 1;
  }
  return texts;
}

/** The part of a path that exists, and what is below it, as git writes it: a removed output may still be committed. */
function existingPart(path: string): readonly [there: string, below: string] {
  if (existsSync(path) || dirname(path) === path) return [path, ""];
  const [there, below] = existingPart(dirname(path));
  return [there, below === "" ? basename(path) : `${below}/${basename(path)}`];
}

function runGit(folder: string, args: readonly string[], input: string) {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", folder, ...args], {
    input,
    maxBuffer: 2 ** 30,
    env: { ...process.env, LC_ALL: "C" },
  });
  if (error !== undefined) {
    throw trouble("git", `can't be run: ${error.message}; install it, or write --against FOLDER`);
  }
  const said = stderr.toString("utf8").split("\n", 1).join().replace("fatal: ", "");
  return { status, bytes: stdout, text: stdout.toString("utf8"), said };
}

function trouble(what: string, message: string): DiagnosticsError {
  return new DiagnosticsError([fileDiagnostic(what, message)]);
}
