import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Contract } from "../../lib/contract";
import { shownPath } from "../../lib/environment";
import { UsageError } from "../../lib/synthesis";
import type { Reader } from "./check";

/** The folder beside the environments whose files read what these send: all of it, or that of one, by its name. */
export const consumers = "consumers";

const ending = /\.(json|ya?ml|rules)$/;

/** The files that a path stands for: itself, or those of a folder that dashboards and rules are in. */
export function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) throw new UsageError(`${path} is not there; name a file, or a folder of files`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => join(path, name));
}

/** The files that are registered: of all environments, or of the one whose name a folder has. */
export function registered(environments: string, contracts: readonly Contract[]): readonly Reader[] {
  const folder = join(environments, consumers);
  if (!existsSync(folder)) return [];
  return filesIn(folder).flatMap((path) => {
    const [first = ""] = path.slice(folder.length + 1).split(/[/\\]/);
    const own = contracts.filter(({ environment }) => environment === first);
    return readerOf(path, own.length > 0 ? own : contracts);
  });
}

export function readerOf(path: string, contracts: readonly Contract[]): Reader {
  return { name: shownPath(path), text: readFileSync(path, "utf8"), contracts };
}
