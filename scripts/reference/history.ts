import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { VersionHistory } from "../../lib/alloy";
import { bindingsFolder } from "../generate-alloy/schema";
import { code } from "../pages/markdown";

/** What a version brought, or no longer has, in words. */
export interface Change {
  readonly version: string;
  readonly came: readonly string[];
  readonly went: readonly string[];
}

export function readHistory(): VersionHistory {
  return JSON.parse(readFileSync(join(bindingsFolder, "versions.json"), "utf8"));
}

/** What versions changed in a component or a function, from the oldest on. @param name `sys.env`, or a component's */
export function changesOf(name: string, { versions, since, until }: VersionHistory): readonly Change[] {
  const factsIn = (changes: VersionHistory["since"], version: string) =>
    (changes[version] ?? []).flatMap((fact) => wordsOf(fact, name));
  return versions
    .map((version) => ({ version, came: factsIn(since, version), went: factsIn(until, version) }))
    .filter(({ came, went }) => came.length + went.length > 0);
}

/** A fact of the history, such as `loki.write: endpoint/name left out`, where it is of the component. */
function wordsOf(fact: string, name: string): readonly string[] {
  if (fact === name || fact === `function ${name}`) return [`${code(name)} itself`];
  if (!fact.startsWith(name)) return [];
  const rest = fact.slice(name.length);
  const [, level] = /^ at (.*)$/.exec(rest) ?? [];
  if (level !== undefined) return [`it at the level ${code(level)}`];
  const [, exported] = /^ exports (.*)$/.exec(rest) ?? [];
  if (exported !== undefined) return [`the export ${code(exported)}`];
  const [, path = "", leftOut] = /^: (.*?)( left out)?$/.exec(rest) ?? [];
  if (path === "") return [];
  return [`${leftOut === undefined ? "" : "doing without "}${code(path.replaceAll("/", " > "))}`];
}

/** The changes as a list. */
export function changesText(changes: readonly Change[]): string {
  return changes
    .map(({ version, came, went }) =>
      [
        `- **${version}**`,
        came.length > 0 ? ` brought ${came.join(", ")}` : "",
        came.length > 0 && went.length > 0 ? ";" : "",
        went.length > 0 ? ` no longer has ${went.join(", ")}` : "",
        ".",
      ].join(""),
    )
    .join("\n");
}
