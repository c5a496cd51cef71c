import type { VersionHistory } from "../../lib/alloy";
import { type Fact, factsOf, type VersionSchema } from "./facts";

/**
 * Since when Alloy has had what one version of it has, and until when.
 *
 * @param schemas by version, from the oldest
 * @param bound the version that the bindings describe
 * @param past of the oldest of these versions, for what is older. @default - nothing is known of what is older
 */
export function historyOf(
  schemas: ReadonlyMap<string, VersionSchema>,
  bound: string,
  past?: VersionHistory,
): VersionHistory {
  const versions = [...schemas.keys()];
  const facts = new Map([...schemas].map(([version, schema]) => [version, factsOf(schema)]));
  const own = facts.get(bound);
  if (own === undefined) throw new Error(`the sources of ${bound} are missing, which the bindings describe`);
  const [oldest = bound] = versions;
  if (past !== undefined && past.alloy !== oldest) {
    throw new Error(`the sources of ${past.alloy} are missing, of which the history is`);
  }
  const changeIn = past === undefined ? undefined : changesOf(past.since, facts.get(oldest) ?? own);
  const holds = (version: string, name: string, { takes }: Fact) =>
    facts.get(version)?.get(name)?.takes === takes;
  const at = versions.indexOf(bound);
  const since = new Map<string, string | undefined>();
  const until = new Map<string, string | undefined>();
  for (const [name, fact] of own) {
    const missing = versions.slice(0, at).findLastIndex((version) => !holds(version, name, fact));
    since.set(name, missing === -1 ? changeIn?.(name) : versions[missing + 1]);
    until.set(
      name,
      versions.slice(at + 1).find((version) => !holds(version, name, fact)),
    );
  }
  const older = past?.versions.slice(0, past.versions.indexOf(past.alloy)) ?? [];
  const all = [...older, ...versions];
  return {
    alloy: bound,
    versions: all,
    since: byVersion(all, own, since),
    until: byVersion(all, own, until),
  };
}

/** The version of a fact in a history. One that isn't listed has the version of what it depends on. */
function changesOf(changes: VersionHistory["since"], facts: ReadonlyMap<string, Fact>) {
  const byName = byFact(changes);
  const changeOf = (name: string): string | undefined => {
    const parent = facts.get(name)?.parent;
    return byName.get(name) ?? (parent === undefined ? undefined : changeOf(parent));
  };
  return changeOf;
}

/** The facts of each version, without those that come and go with what they depend on. */
function byVersion(
  versions: readonly string[],
  facts: ReadonlyMap<string, Fact>,
  changed: ReadonlyMap<string, string | undefined>,
): Readonly<Record<string, readonly string[]>> {
  const names = [...facts]
    .filter(([name, { parent }]) => parent === undefined || changed.get(name) !== changed.get(parent))
    .map(([name]) => name);
  return Object.fromEntries(
    versions
      .map((version) => [version, names.filter((name) => changed.get(name) === version).sort()] as const)
      .filter(([, changes]) => changes.length > 0),
  );
}

/** What versions don't have though a history says so. */
export function contradictions(
  history: VersionHistory,
  schemas: ReadonlyMap<string, VersionSchema>,
): readonly string[] {
  const bound = schemas.get(history.alloy);
  if (bound === undefined) {
    throw new Error(`the sources of ${history.alloy} are missing, which the bindings describe`);
  }
  const own = factsOf(bound);
  const [since, until] = [changesOf(history.since, own), changesOf(history.until, own)];
  const placeOf = (version: string | undefined, none: number) =>
    version === undefined ? none : history.versions.indexOf(version);
  return [...schemas].flatMap(([version, schema]) => {
    const facts = factsOf(schema);
    const place = placeOf(version, -1);
    return [...own].flatMap(([name, { takes }]) => {
      const isSaid = placeOf(since(name), -1) <= place && place < placeOf(until(name), Infinity);
      return isSaid && facts.get(name)?.takes !== takes ? [`${version} doesn't have ${name}`] : [];
    });
  });
}

function byFact(changes: VersionHistory["since"]): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(changes).flatMap(([version, facts]) => facts.map((fact) => [fact, version] as const)),
  );
}
