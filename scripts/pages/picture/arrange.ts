import { Graph, layout } from "@dagrejs/dagre";
import { finishOrder, type Helper, type Ranked } from "./layout";

/** A box to arrange, in a column that is given. All boxes of a column are of one width. */
export interface Box {
  readonly id: string;
  readonly column: number;
  readonly width: number;
  readonly height: number;
}

/** A line between two boxes. */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** Whether it carries what the picture is about. */
  readonly isMain: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What stays free. */
export interface Gaps {
  readonly columns: number;
  readonly boxes: number;
  readonly lines: number;
}

/** The middles of boxes by their ids, and the points that each line goes through. */
export interface Arrangement {
  readonly middles: ReadonlyMap<string, Point>;
  readonly lines: readonly (readonly Point[])[];
}

/** What is used of dagre. The library's own types can't be resolved from CommonJS. */
interface Drawing extends Ranked {
  setGraph(settings: object): unknown;
  setNode(id: string, box: object): unknown;
  setEdge(from: string, to: string, line: object, name: string): unknown;
  node(id: string): Point & ReturnType<Ranked["node"]>;
  edge(from: string, to: string, name: string): { readonly points: readonly Point[] };
}

/** Arranges boxes from left to right by their columns, so that few lines cross; else from top to bottom as given. */
export function arrange(boxes: readonly Box[], lines: readonly Line[], gaps: Gaps): Arrangement {
  const columns = new Map(boxes.map(({ id, column }) => [id, column]));
  const drawing: Drawing = new Graph({ multigraph: true });
  drawing.setGraph({
    rankdir: "LR",
    ranksep: gaps.columns,
    nodesep: gaps.boxes,
    edgesep: gaps.lines,
    // Between two columns dagre has a rank for what is written on lines.
    ranker: (ranked: Drawing) => {
      for (const id of ranked.nodes()) ranked.node(id).rank = 2 * (columns.get(id) ?? 0);
    },
  });
  for (const { id, width, height } of boxes) drawing.setNode(id, { width, height });
  const names = lines.map((_, index) => `line ${index}`);
  lines.forEach(({ from, to }, index) => {
    drawing.setEdge(from, to, {}, names[index] ?? "");
  });
  layout(drawing, {
    customOrder: (ranked: Ranked, order: (graph: Ranked) => void) => {
      order(ranked);
      finishOrder(
        ranked,
        boxes.map(({ id }) => id),
        helpersAmong(boxes, lines),
      );
    },
  });
  return {
    middles: new Map(boxes.map(({ id }) => [id, drawing.node(id)])),
    lines: lines.map(({ from, to }, index) => drawing.edge(from, to, names[index] ?? "").points),
  };
}

/** The boxes that other lines than main ones connect, with one other box alone. */
function helpersAmong(boxes: readonly Box[], lines: readonly Line[]): readonly Helper[] {
  return boxes.flatMap(({ id }) => {
    const own = lines.filter(({ from, to }) => from === id || to === id);
    const [helped, ...others] = new Set(own.map(({ to }) => to));
    const helps = own.every(({ from, isMain }) => from === id && !isMain);
    return helps && helped !== undefined && others.length === 0 ? [{ id, helped }] : [];
  });
}
