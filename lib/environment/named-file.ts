import { readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative } from "node:path";
import { nearest } from "../alloy";
import { alternatives } from "../schema";
import { compareText } from "./yaml/diagnostic";
import { reason } from "./yaml/file";

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
