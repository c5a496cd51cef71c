import { formatKey, type SettingKey } from "../../lib/schema";
import { isMap, type Value, type ValueMap, valueIn } from "./value";

/** The file that has what environments have alike. A file of such a name is no environment. */
export const fleetFile = "_fleet.yaml";

/** The settings of environments, in two places. */
export interface Shared {
  /** What those that extend it have alike. Absent: there is too little of it. */
  readonly fleet?: Value | undefined;
  /** What each has of its own, by its name. */
  readonly own: ReadonlyMap<string, Value>;
}

/** A setting that holds no others. */
interface Leaf {
  readonly key: SettingKey;
  readonly value: Value;
  /** What it says, to be compared. */
  readonly says: string;
}

type Leaves = ReadonlyMap<string, Leaf>;

/**
 * Puts what environments have alike in one place: of the settings that each of them has, what most of them say. Where
 * some have other settings than most, these extend nothing.
 */
export function share(environments: ReadonlyMap<string, Value>): Shared {
  const all = new Map([...environments].map(([name, value]) => [name, leavesOf(value)]));
  let chosen = new Map(all);
  for (;;) {
    const saved = savedBy(chosen);
    const without = [...chosen.keys()].map(
      (name) => new Map([...chosen].filter(([other]) => other !== name)),
    );
    const better = without.find((some) => savedBy(some) > saved);
    if (better === undefined) break;
    chosen = better;
  }
  const fleet = alike(chosen);
  // A file for a line that two have alike would be no shorter.
  if (savedBy(chosen) < 2) return { own: environments };
  return {
    fleet: tree(
      [...fleet.values()],
      [...environments].flatMap(([name, value]) => (chosen.has(name) ? value : [])),
    ),
    own: new Map(
      [...environments].map(([name, value]) => [name, chosen.has(name) ? ownOf(value, fleet) : value]),
    ),
  };
}

function leavesOf(value: Value): Leaves {
  const leaves = new Map<string, Leaf>();
  const walk = (inner: Value, key: SettingKey) => {
    if (isMap(inner.content) && (inner.content.size > 0 || key.length === 0)) {
      for (const [name, one] of inner.content) walk(one, [...key, name]);
    } else {
      leaves.set(formatKey(key), { key, value: inner, says: saying(inner) });
    }
  };
  walk(value, []);
  return leaves;
}

function saying({ content }: Value): string {
  if (isMap(content)) return JSON.stringify([...content].map(([name, value]) => [name, saying(value)]));
  return JSON.stringify(content, (key, value) => (key === "place" || key === "comment" ? undefined : value));
}

/** What most say of the settings that all have. */
function alike(environments: ReadonlyMap<string, Leaves>): Leaves {
  const [first = new Map<string, Leaf>(), ...others] = environments.values();
  const everywhere = [...first].filter(([name]) => others.every((leaves) => leaves.has(name)));
  return new Map(
    everywhere.flatMap(([name]) => {
      const said = [...environments.values()].flatMap((leaves) => leaves.get(name) ?? []);
      const most = said.find(
        ({ says }) => said.filter((other) => other.says === says).length * 2 > said.length,
      );
      if (most === undefined) return [];
      const comment = commentOf(said.flatMap(({ says, value }) => (says === most.says ? value : [])));
      return [[name, { ...most, value: { ...most.value, comment } }] as const];
    }),
  );
}

/** How many lines are written less. */
function savedBy(environments: ReadonlyMap<string, Leaves>): number {
  const fleet = [...alike(environments)];
  const lines = [...environments.values()].flatMap((leaves) =>
    fleet.filter(([name, { says }]) => leaves.get(name)?.says === says),
  );
  return lines.length - fleet.length;
}

/** Settings as a map of maps, with the comments that those who have them have above their sections. */
function tree(leaves: readonly Leaf[], like: readonly Value[]): Value {
  const root = new Map<string, Value>();
  for (const { key, value } of leaves) insert(root, key, value, like);
  const [first] = like;
  return { place: first?.place ?? { file: fleetFile, line: 1, column: 1 }, content: root };
}

function insert(map: Map<string, Value>, key: SettingKey, value: Value, like: readonly Value[]): void {
  const [first, ...rest] = key;
  const name = String(first);
  if (rest.length === 0) {
    map.set(name, value);
    return;
  }
  const sections = like.flatMap((one) => valueIn(one, [name]) ?? []);
  const there = map.get(name);
  const content = new Map<string, Value>(isMap(there?.content) ? there.content : []);
  insert(content, rest, value, sections);
  map.set(name, { place: value.place, comment: commentOf(sections), content });
}

/** What several say above the same. */
function commentOf(values: readonly Value[]): string | undefined {
  const comments = new Set(values.flatMap(({ comment }) => comment ?? []));
  return comments.size === 0 ? undefined : [...comments].join("\n");
}

/** What an environment has beside what it extends. */
function ownOf(value: Value, fleet: Leaves): Value {
  const rest = without(value, fleet, []);
  const content = new Map([["extends", { place: value.place, content: fleetFile }], ...rest]);
  return { ...value, content };
}

function without({ content }: Value, fleet: Leaves, key: SettingKey): ValueMap {
  const entries = isMap(content) ? [...content] : [];
  return new Map(
    entries.flatMap(([name, inner]): [string, Value][] => {
      const at = [...key, name];
      if (isMap(inner.content) && inner.content.size > 0) {
        const rest = without(inner, fleet, at);
        return rest.size === 0 ? [] : [[name, { ...inner, content: rest }]];
      }
      return fleet.get(formatKey(at))?.says === saying(inner) ? [] : [[name, inner]];
    }),
  );
}
