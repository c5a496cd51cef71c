import { UsageError } from "../../lib/synthesis";
import { historyWith } from "../alloy-versions/history-with";
import { bindings } from "../generate-alloy/bindings";
import type { Descriptions } from "../generate-alloy/descriptions";
import { dataText, readDescriptions, readSchema, type Schema } from "../generate-alloy/schema";
import { type Decisions, decisionsFile, type OpenQuestion, readDecisions } from "./decisions";
import { rebuild } from "./rebuild";
import type { AlloySources } from "./sources";
import { readVersion } from "./version-sources";
import { movedWords } from "./words";

/** What an upgrade of Alloy's bindings writes. */
export interface Upgrade {
  readonly before: Schema;
  readonly after: Schema;
  /** The words for `after`. */
  readonly descriptions: Descriptions;
  /** The text of each file, by its path in the project. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Makes the bindings of another version of Alloy. Nothing is written.
 *
 * @throws UsageError where the version cannot be had, or needs decisions
 */
export function upgradeAlloy(version: string, sources: AlloySources): Upgrade {
  const before = readSchema();
  const decisions = readDecisions();
  const old = readVersion(sources, before.alloy.version);
  const [pinned, read] = [before.alloy.sum, old.alloy.sum];
  if (pinned !== undefined && read !== undefined && pinned !== read) {
    throw new UsageError(`${before.alloy.version} is pinned with ${pinned}, and what can be had has ${read}`);
  }
  const present = version === before.alloy.version ? old : readVersion(sources, version);
  const { schema, open, unused } = rebuild(present, decisions, old);
  if (open.length > 0) throw new UsageError(questionsText(version, open));
  const descriptions = movedWords(before, schema, readDescriptions());
  const data = new Map<string, object>([
    ["schema.json", schema],
    ["decisions.json", without(decisions, unused)],
    ["descriptions.json", descriptions],
    ["versions.json", historyWith([version], version, sources)],
  ]);
  const texts = [
    ...[...data].map(([name, one]) => [name, dataText(one)] as const),
    ...bindings(schema, descriptions),
  ];
  return {
    before,
    after: schema,
    descriptions,
    files: new Map(texts.map(([name, text]) => [`imports/alloy/${name}`, text])),
  };
}

/** The decisions without those on what the version doesn't have. */
function without(decisions: Decisions, unused: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(decisions).map(([part, entries]) => [
      part,
      Object.fromEntries(Object.entries(entries).filter(([key]) => !unused.includes(`${part}: ${key}`))),
    ]),
  );
}

function questionsText(version: string, open: readonly OpenQuestion[]): string {
  const parts = [...new Set(open.map(({ part }) => part))];
  return [
    `${version} has what neither its sources nor its documentation tells, or tells otherwise than before. Decide on each,`,
    `write it into ${decisionsFile.slice(decisionsFile.indexOf("imports"))} under its title, and repeat this. The answers here are what the texts hint at: read them.`,
    ...parts.flatMap((part) => [
      "",
      `${part}:`,
      ...open
        .filter((one) => one.part === part)
        .flatMap(({ key, about, answer }) => [
          `  ${about}`,
          `    ${JSON.stringify(key)}: ${JSON.stringify(answer)}`,
        ]),
    ]),
  ].join("\n");
}
