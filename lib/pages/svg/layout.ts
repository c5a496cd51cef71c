import type { Chain, ChainGraph, Link } from "../chains";
import { columnsOf } from "../columns";
import { arrange, type Point } from "./arrange";
import { type Card, cardOf } from "./card";

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
