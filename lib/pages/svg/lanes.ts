import type { PlacedCard, PlacedLink } from "./layout";

const laneWidth = 9;

/** Between a lane and the upper or lower edge of its card. */
const edgeGap = 8;

/** The height at which each link leaves its first card and enters its last one. */
export interface Ends {
  readonly start: number;
  readonly end: number;
}

/**
 * The ends of all links. At one place they are in the order of where they come from or go to, so that they don't
 * cross there; neighbours of one kind share a lane.
 */
export function endsOf(links: readonly PlacedLink[]): ReadonlyMap<PlacedLink, Ends> {
  const starts = lanes(links, {
    placeOf: ({ from }) => from.card,
    cardOf: ({ from }) => from,
    rowOf: startRow,
    towards: (link) => link.passes.at(0) ?? endRow(link),
  });
  const ends = lanes(links, {
    placeOf: ({ link }) => link.target,
    cardOf: ({ to }) => to,
    rowOf: endRow,
    towards: (link) => link.passes.at(-1) ?? startRow(link),
  });
  return new Map(
    links.map((link) => [link, { start: starts.get(link) ?? 0, end: ends.get(link) ?? 0 }] as const),
  );
}

interface Side {
  /** Links of one place share its lanes. */
  placeOf(link: PlacedLink): object;
  cardOf(link: PlacedLink): PlacedCard;
  rowOf(link: PlacedLink): number;
  /** The height at which a link's other end is. */
  towards(link: PlacedLink): number;
}

function lanes(links: readonly PlacedLink[], side: Side): ReadonlyMap<PlacedLink, number> {
  const heights = new Map<PlacedLink, number>();
  for (const place of new Set(links.map(side.placeOf))) {
    const there = links
      .filter((link) => side.placeOf(link) === place)
      .sort((a, b) => side.towards(a) - side.towards(b));
    let lane = 0;
    const laneOf = there.map((link, index) => {
      const before = there[index - 1];
      if (before !== undefined && before.link.kind !== link.link.kind) lane += 1;
      return [link, lane] as const;
    });
    for (const [link, own] of laneOf)
      heights.set(link, heightOf(own, lane, side.rowOf(link), side.cardOf(link)));
  }
  return heights;
}

/** Lanes are around a row, but not beyond the card. */
function heightOf(lane: number, last: number, row: number, { card, y }: PlacedCard): number {
  const half = Math.min(last * laneWidth, card.height - 2 * edgeGap) / 2;
  const middle = Math.min(Math.max(row, y + edgeGap + half), y + card.height - edgeGap - half);
  return last === 0 ? row : middle + (lane / last - 0.5) * 2 * half;
}

/** Data leaves a card beside its last component. */
function startRow({ from }: PlacedLink): number {
  return from.y + (from.card.steps.at(-1)?.y ?? 0);
}

function endRow({ to, link }: PlacedLink): number {
  return to.y + (to.card.steps.find(({ component }) => component === link.target)?.y ?? 0);
}
