import { columnsOf } from "../markdown";
import type { Chain, ChainGraph, Link } from "../routes";
import { arrange, type Point } from "./arrange";
import { type Card, cardOf } from "./cards";

/** What is used of a graph of the layout library, which has nodes of its own on lines that pass a rank. */
export interface Ranked {
  nodes(): readonly string[];
  node(id: string): { rank?: number; order?: number };
  predecessors(id: string): readonly string[];
}

/** A box that only helps another one, as a handler does. */
export interface Helper {
  readonly id: string;
  readonly helped: string;
}

/**
 * Finishes the order of a graph's nodes from top to bottom. A mirror image has no more crossings, so that one is taken
 * that has more of the boxes in their own order; and what only helps another box comes below what feeds that one.
 *
 * @param boxes in the order that they should have
 */
export function finishOrder(graph: Ranked, boxes: readonly string[], helpers: readonly Helper[]): void {
  if (isUpsideDown(graph, boxes)) {
    for (const id of graph.nodes()) graph.node(id).order = -orderOf(graph, id);
  }
  const waiting = new Set(helpers.map(({ id }) => id));
  for (const { id, helped } of helpers) {
    const orders = feeders(graph, helped, graph.node(id).rank)
      .filter((feeder) => !waiting.has(feeder))
      .map((feeder) => orderOf(graph, feeder));
    waiting.delete(id);
    if (orders.length === 0) continue;
    graph.node(id).order = Math.max(...orders) + 0.5;
    renumber(graph);
  }
  renumber(graph);
}

/** Whether more pairs of a rank's boxes stand against their order than in it. */
function isUpsideDown(graph: Ranked, boxes: readonly string[]): boolean {
  let against = 0;
  boxes.forEach((id, index) => {
    for (const later of boxes.slice(index + 1)) {
      if (graph.node(later).rank !== graph.node(id).rank) continue;
      against += orderOf(graph, later) < orderOf(graph, id) ? 1 : -1;
    }
  });
  return against > 0;
}

/** The nodes of a rank from which lines lead to a node. */
function feeders(graph: Ranked, id: string, rank: number | undefined): readonly string[] {
  const found = new Set(graph.predecessors(id));
  // A set that grows while it is gone through is gone through to its end.
  for (const node of found) {
    if (graph.node(node).rank !== rank) for (const before of graph.predecessors(node)) found.add(before);
  }
  return [...found].filter((node) => graph.node(node).rank === rank);
}

/** Makes the orders of each rank whole numbers from 0 on. */
function renumber(graph: Ranked): void {
  const next = new Map<number | undefined, number>();
  const sorted = [...graph.nodes()].sort((a, b) => orderOf(graph, a) - orderOf(graph, b));
  for (const id of sorted) {
    const node = graph.node(id);
    node.order = next.get(node.rank) ?? 0;
    next.set(node.rank, node.order + 1);
  }
}

function orderOf(graph: Ranked, id: string): number {
  return graph.node(id).order ?? 0;
}

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

/** A card, with the column that it stands in and the height of its upper edge. */
export interface PlacedCard {
  readonly card: Card;
  readonly column: number;
  readonly y: number;
}

/** A link between two cards. */
export interface PlacedLink {
  readonly link: Link;
  readonly from: PlacedCard;
  readonly to: PlacedCard;
  /** The heights at which it passes the columns between the two, from left to right. */
  readonly passes: readonly number[];
}

/** Where a column of cards begins, and how wide its cards are. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

/** Where everything is, from the upper left corner of the cards on. */
export interface Layout {
  /** In the order of the graph. */
  readonly cards: readonly PlacedCard[];
  readonly links: readonly PlacedLink[];
  readonly columns: readonly Column[];
  readonly height: number;
}

interface Sized {
  readonly id: string;
  readonly card: Card;
  readonly column: number;
}

const gaps = { columns: 80, boxes: 22, lines: 14 };

/** Places the cards of a graph in their columns: so that few links cross, else in the order of the graph. */
export function layoutOf(graph: ChainGraph): Layout {
  const columnOf = columnsOf(graph);
  const sized: readonly Sized[] = graph.chains.map((chain, index) => ({
    id: `card ${index}`,
    card: cardOf(chain),
    column: columnOf.get(chain) ?? 0,
  }));
  const columns = columnsFor(sized);
  const ids = new Map(sized.map(({ id, card }) => [card.chain, id]));
  const idOf = (chain: Chain) => ids.get(chain) ?? "";
  const { middles, lines } = arrange(
    sized.map(({ id, card, column }) => ({
      id,
      column,
      width: columns[column]?.width ?? 0,
      height: card.height,
    })),
    graph.links.map(({ from, to, kind }) => ({
      from: idOf(from),
      to: idOf(to),
      isMain: kind !== "reference",
    })),
    gaps,
  );

  const placed = new Map(
    sized.map(({ id, card, column }) => [
      card.chain,
      { card, column, y: (middles.get(id)?.y ?? 0) - card.height / 2 },
    ]),
  );
  const links = graph.links.flatMap((link, index) => {
    const [from, to] = [placed.get(link.from), placed.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const passes = columns
      .slice(from.column + 1, to.column)
      .map(({ x, width }) => heightAt(x + width / 2, lines[index] ?? []));
    return [{ link, from, to, passes }];
  });
  const cards = [...placed.values()];
  const height = Math.max(0, ...cards.map(({ card, y }) => y + card.height));
  return { cards, links, columns, height };
}

function columnsFor(cards: readonly Sized[]): readonly Column[] {
  const columns: Column[] = [];
  const count = Math.max(0, ...cards.map(({ column }) => column + 1));
  let x = 0;
  for (let column = 0; column < count; column += 1) {
    const width = Math.max(0, ...cards.filter((one) => one.column === column).map(({ card }) => card.width));
    columns.push({ x, width });
    x += width + gaps.columns;
  }
  return columns;
}

/** The height of the point of a line that is nearest to some place from left to right. */
function heightAt(x: number, line: readonly Point[]): number {
  const [nearest] = [...line].sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
  return nearest?.y ?? 0;
}
