import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { compareText, type Problem, Problems } from "./problem";
import { dnsLabel } from "./setting-types";

/** A file of an environments' folder. */
export interface EnvironmentFile {
  /** The environment's name. */
  readonly name: string;
  readonly path: string;
  /** The path as the operator would write it. */
  readonly file: string;
}

/**
 * The files of a folder that look like environments, by name. Hidden ones are an editor's.
 *
 * @throws Problems when there are none
 */
export function environmentFiles(folder: string): readonly EnvironmentFile[] {
  const refuse = (message: string) => new Problems([fileProblem(shownPath(folder), message)]);
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    throw refuse(`cannot be read: ${reason(error)}; name a folder of environment files`);
  }
  const files = entries
    .filter((entry) => /^[^.].*\.ya?ml$/i.test(entry))
    .sort(compareText)
    .map((entry) => {
      const path = join(folder, entry);
      return { name: entry.replace(/\.[^.]*$/, ""), path, file: shownPath(path) };
    });
  if (files.length === 0) {
    throw refuse("holds no environment; write one, such as default.yaml");
  }
  return files;
}

/** What is wrong with the file's name. */
export function nameProblem({ name, file }: EnvironmentFile): Problem | undefined {
  if (!file.endsWith(".yaml")) {
    return fileProblem(file, `is not read, since its name doesn't end in .yaml; rename it to ${name}.yaml`);
  }
  if (dnsLabel.test(name)) {
    return undefined;
  }
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-|-$/g, "");
  const advice = dnsLabel.test(better) ? `rename it to ${better}.yaml` : "rename it";
  return fileProblem(
    file,
    `names a folder of manifests, and may hold lower-case letters, digits and "-" only; ${advice}`,
  );
}

/** The text of a file, without a byte order mark, or what is wrong with its bytes. */
export function readText({ path, file }: EnvironmentFile): string | Problem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return fileProblem(file, `cannot be read: ${reason(error)}; make it a file that can be`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const before = bytes.toString("utf8").split("\uFFFD", 1).join("").split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    return {
      file,
      line: before.length,
      column,
      key: "",
      message: "is no UTF-8 text; save the file as UTF-8",
    };
  }
}

/** A problem with a file or folder as a whole. */
export function fileProblem(file: string, message: string): Problem {
  return { file, line: 0, column: 0, key: "", message };
}

/** Relative to the current directory when it is below it. */
export function shownPath(path: string): string {
  const fromHere = relative("", path);
  const below = fromHere !== "" && !/^\.\.([/\\]|$)/.test(fromHere) && !isAbsolute(fromHere);
  return below ? fromHere : path;
}

/** An error of the file system without its path, such as `ENOENT: no such file or directory`. */
function reason(error: unknown): string {
  return String(error)
    .replace(/^Error: /, "")
    .replace(/, .*/s, "");
}
