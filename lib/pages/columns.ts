import type { Chain, ChainGraph } from "./chains";
import { stages } from "./stages";

/**
 * The column of each chain, from 0 on. Each stage has columns of its own. In them a chain stands as far to the left as
 * what feeds it allows; destinations stand as far to the right as what they feed allows, so that data ends in one
 * column.
 */
export function columnsOf({ chains, links }: ChainGraph): ReadonlyMap<Chain, number> {
  const columns = new Map<Chain, number>();
  let first = 0;
  for (const stage of stages) {
    const own = chains.filter((chain) => chain.stage === stage);
    if (own.length === 0) continue;
    const before = distances(own, (chain) => links.filter(({ to }) => to === chain).map(({ from }) => from));
    const after = distances(own, (chain) => links.filter(({ from }) => from === chain).map(({ to }) => to));
    const last = first + Math.max(...before.values());
    for (const chain of own) {
      const column =
        stage === "destinations" ? last - (after.get(chain) ?? 0) : first + (before.get(chain) ?? 0);
      columns.set(chain, column);
    }
    first = last + 1;
  }
  return columns;
}

/** How many steps the longest way from each chain to one without neighbours takes, among some chains. */
function distances(
  chains: readonly Chain[],
  neighbours: (chain: Chain) => readonly Chain[],
): ReadonlyMap<Chain, number> {
  const known = new Map<Chain, number>();
  const distance = (chain: Chain): number => {
    const found = known.get(chain);
    if (found !== undefined) return found;
    const steps = neighbours(chain)
      .filter((neighbour) => chains.includes(neighbour))
      .map((neighbour) => distance(neighbour) + 1);
    const longest = Math.max(0, ...steps);
    known.set(chain, longest);
    return longest;
  };
  return new Map(chains.map((chain) => [chain, distance(chain)]));
}
