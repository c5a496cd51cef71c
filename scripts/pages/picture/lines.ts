import type { FlowKind } from "../routes";
import type { Column, Ends, PlacedLink } from "./layout";
import { element, flowColours, type Markup, rounded } from "./svg";

/** How long an arrowhead is: a line to an arrow's point ends so far before it. */
export const arrowLength = 8;

/** A line along which something of a kind goes, with an arrowhead that adds {@link arrowLength}, or without. */
export function drawLine(path: string, kind: FlowKind, end: "arrow" | "plain" = "arrow"): Markup {
  const isData = kind !== "reference";
  return element("path", {
    d: path,
    fill: "none",
    stroke: flowColours[kind],
    "stroke-width": isData ? 2.2 : 1.6,
    ...(!isData && { "stroke-dasharray": "5 4" }),
    ...(end === "arrow" && { "marker-end": `url(#${kind})` }),
  });
}

/** The arrowheads that lines of some kinds refer to. */
export function arrowheads(kinds: readonly FlowKind[]): Markup {
  const half = arrowLength / 2;
  const markers = kinds.map((kind) =>
    element(
      "marker",
      {
        id: kind,
        orient: "auto",
        markerUnits: "userSpaceOnUse",
        markerWidth: arrowLength,
        markerHeight: arrowLength,
        refY: half,
      },
      element("path", { d: `M0 0L${arrowLength} ${half}L0 ${arrowLength}Z`, fill: flowColours[kind] }),
    ),
  );
  return element("defs", {}, ...markers);
}

/** A line that would rise or fall by less looks crooked. */
const almostStraight = 6;

const nowhere: Column = { x: 0, width: 0 };

/** The `d` of the path of a link: a curve between two columns, straight ahead past the cards of a column. */
export function linkPath(
  { from, to, passes }: PlacedLink,
  { start, end }: Ends,
  columns: readonly Column[],
): string {
  const first = columns[from.column] ?? nowhere;
  let x = first.x + first.width;
  let y = start;
  let path = `M${rounded(x)} ${rounded(y)}`;
  const goTo = (nextX: number, nextY: number) => {
    const points = [(x + nextX) / 2, y, (x + nextX) / 2, nextY, nextX, nextY];
    path += Math.abs(nextY - y) < 0.5 ? `H${rounded(nextX)}` : `C${points.map(rounded).join(" ")}`;
    x = nextX;
    y = nextY;
  };
  passes.forEach((pass, index) => {
    const column = columns[from.column + 1 + index] ?? nowhere;
    const height = Math.abs(pass - end) < almostStraight ? end : pass;
    goTo(column.x, height);
    goTo(column.x + column.width, height);
  });
  goTo((columns[to.column] ?? nowhere).x - arrowLength, end);
  return path;
}
