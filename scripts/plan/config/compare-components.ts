import { printBlocks } from "../../../lib/alloy";
import { compareBodies, type PartChange } from "./compare-bodies";
import type { ConfigComponent, ConfigComponents } from "./components";
import { renamedIn } from "./values";

/** How a component changes. */
export interface ComponentChange {
  readonly address: string;
  readonly change: "added" | "removed" | "changed" | "renamed";
  /** What a renamed one was called. */
  readonly from?: string;
  /** Of one that stays. That it refers to others by their new names is left out. */
  readonly parts: readonly PartChange[];
}

/** How the components of a config change, in the order of the new config, then those that are gone. */
export function compareComponents(
  before: ConfigComponents,
  after: ConfigComponents,
): readonly ComponentChange[] {
  const names = renames(before, after);
  const oldNames = new Map([...names].map(([from, to]) => [to, from]));
  const stays = [...after.values()].flatMap((component): readonly ComponentChange[] => {
    const { address, body } = component;
    const from = oldNames.get(address);
    const was = before.get(from ?? address);
    if (was === undefined) return [{ address, change: "added", parts: [] }];
    const parts = compareBodies("", renamedIn(was.body, names), body);
    if (from !== undefined) return [{ address, change: "renamed", from, parts }];
    return parts.length === 0 ? [] : [{ address, change: "changed", parts }];
  });
  const gone = [...before.keys()].filter((address) => !after.has(address) && !names.has(address));
  return [...stays, ...gone.map((address) => ({ address, change: "removed" as const, parts: [] }))];
}

/** The share of lines that a component and the one under a new name have in common at least. */
const likeness = 0.6;

/** The new names of components by their old ones: of one kind, those are paired that are the most alike. */
function renames(before: ConfigComponents, after: ConfigComponents): ReadonlyMap<string, string> {
  const gone = [...before.values()].filter(({ address }) => !after.has(address));
  const come = [...after.values()].filter(({ address }) => !before.has(address));
  const [goneLines, comeLines] = [linesOf(gone, before), linesOf(come, after)];
  const pairs = gone.flatMap((from) =>
    come
      .filter(({ name }) => name === from.name)
      .map((to) => ({
        from: from.address,
        to: to.address,
        alike: alike(goneLines.get(from.address) ?? [], comeLines.get(to.address) ?? []),
      })),
  );
  const found = new Map<string, string>();
  for (const { from, to } of pairs
    .filter((pair) => pair.alike >= likeness)
    .sort((a, b) => b.alike - a.alike)) {
    if (!found.has(from) && ![...found.values()].includes(to)) found.set(from, to);
  }
  return found;
}

/** The lines of components. All that they refer to has one name there, so that new names make no line differ. */
function linesOf(
  components: readonly ConfigComponent[],
  all: ConfigComponents,
): ReadonlyMap<string, readonly string[]> {
  const unnamed = new Map([...all.values()].map(({ address, name }) => [address, `${name}.same`]));
  return new Map(
    components.map(({ address, body }) => {
      const text = printBlocks([{ name: "component", body: renamedIn(body, unnamed) }]);
      return [address, text.split("\n").map((line) => line.trim())];
    }),
  );
}

function alike(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  const common = one.filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  });
  return (2 * common.length) / (one.length + other.length);
}
