import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import { configMapLimit, nearest, parse } from "../alloy";
import { alternatives, type Mistake, type SettingKey } from "../schema";
import type { AlloyFile } from "./settings/alloy";
import { compareText, type Diagnostic } from "./yaml/diagnostic";
import { decoded, reason } from "./yaml/file";

/** A file that another names by its path from there. */
export interface NamedFile {
  /** As it is written. */
  readonly named: string;
  /** The file that names it. */
  readonly by: string;
  /** The folder of the environments, which it has to be in. */
  readonly folder: string;
  /** What its name ends in. */
  readonly ending: ".yaml" | ".alloy";
  /** The name of such a file. */
  readonly example: string;
}

/** The path of a named file from where the file that names it has its own. */
export function pathOf({ named, by }: NamedFile): string {
  return join(dirname(by), named);
}

/** What is wrong with the path of a named file. */
export function pathMistake(file: NamedFile): string | undefined {
  const { named, by, folder, ending, example } = file;
  const path = pathOf(file);
  if (/\p{Cc}/u.test(named)) return "has a control character in it; write the path without it";
  if (named.includes("\\")) return "has \\ in it; write / between folders";
  if (isAbsolute(named) || /^[A-Za-z]:/.test(named)) {
    const better = leadsOut(named, folder) ? `one to a file in ${folder}` : relative(dirname(by), named);
    return `is no path from this file; write ${better}`;
  }
  if (leadsOut(path, folder)) return `leads out of ${folder}; move the file into it, or into a folder there`;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return `is a folder; name a file in it, such as ${posix.join(named, example)}`;
    if (!stats.isFile()) return "is no file that can be read; name one";
  } catch (error) {
    return /^ENO(ENT|TDIR)/.test(reason(error))
      ? `names no file that there is; write ${meant(file)}`
      : `cannot be read: ${reason(error)}; name a file that can be`;
  }
  return path.endsWith(ending) ? undefined : `doesn't end in ${ending}; rename the file`;
}

function leadsOut(path: string, folder: string): boolean {
  return /^\.\.([/\\]|$)/.test(relative(folder, path));
}

/** The files that may be meant by the path of none. */
function meant(file: NamedFile): string {
  const { named, by, ending } = file;
  const path = pathOf(file);
  const folder = dirname(path);
  const files = filesIn(folder).filter((one) => one.endsWith(ending) && join(folder, one) !== by);
  const name = basename(path);
  const one = files.find((other) => other === `${name}${ending}`) ?? nearest(name, files);
  // Of settings, only those that are there for others.
  const several =
    one === undefined ? files.filter((other) => ending !== ".yaml" || other.startsWith("_")) : [one];
  return alternatives(several.map((other) => posix.join(posix.dirname(named), other))) || "the path of one";
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return [];
  }
}

/** The files that a setting names, and what is wrong with them. */
export interface NamedAlloyFiles {
  /** Those without mistakes of syntax, in the order of the setting. */
  readonly files: readonly AlloyFile[];
  /** What is wrong with the names. */
  readonly mistakes: readonly Mistake[];
  /** What is wrong in the files' texts. */
  readonly diagnostics: readonly Diagnostic[];
  /** The keys of the files that are left out. */
  readonly wrong: readonly SettingKey[];
}

/** What a file holds, or what is wrong with it: with the file itself, or in its text. */
type Read = AlloyFile | string | readonly Diagnostic[];

/** Reads the files that environments add to their pipelines. What several add is read once. */
export class AlloyFiles {
  private readonly known = new Map<string, Read>();

  /** @param folder of the environments, which has them */
  constructor(private readonly folder: string) {}

  /**
   * Reads what a list names. What is no list, and what in it is no text, is reported elsewhere.
   *
   * @param by the file that names them
   */
  named(list: unknown, by: string): NamedAlloyFiles {
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    const files: AlloyFile[] = [];
    const mistakes: Mistake[] = [];
    const diagnostics: Diagnostic[] = [];
    const wrong: SettingKey[] = [];
    const paths = new Set<string>();
    for (const [index, named] of items.entries()) {
      if (typeof named !== "string" || named === "") continue;
      const key = ["alloy_files", index];
      const file = { named, by, folder: this.folder, ending: ".alloy", example: "gpu.alloy" } as const;
      const path = pathOf(file);
      const read = paths.has(path)
        ? "is in the list already; remove one of the two"
        : (pathMistake(file) ?? this.read(path));
      paths.add(path);
      if (typeof read === "string") mistakes.push({ key, message: read });
      else if ("config" in read) files.push(read);
      else {
        diagnostics.push(...read);
        wrong.push(key);
      }
    }
    return { files, mistakes, diagnostics, wrong: [...wrong, ...mistakes.map(({ key }) => key)] };
  }

  private read(path: string): Read {
    const known = this.known.get(path) ?? this.readAnew(path);
    this.known.set(path, known);
    return known;
  }

  private readAnew(path: string): Read {
    let bytes: Buffer;
    try {
      const { size } = statSync(path);
      if (size > configMapLimit) {
        return `has ${size} bytes, and the ConfigMap that it goes into takes ${configMapLimit}; write less`;
      }
      bytes = readFileSync(path);
    } catch (error) {
      return `cannot be read: ${reason(error)}; make it a file that can be`;
    }
    const text = decoded(path, bytes);
    if (typeof text !== "string") return [text];
    const config = parse(text, { file: path });
    if (config.mistakes.length === 0) {
      return { name: relative(this.folder, path).split(sep).join("/"), config };
    }
    return config.mistakes.map(({ at, message }) => ({
      severity: "error",
      file: path,
      line: at.line,
      column: at.column,
      key: "",
      message,
    }));
  }
}
