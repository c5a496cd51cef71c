import type { FlowKind } from "../flows";
import { flowColours } from "../theme";
import { element, type Markup } from "./markup";

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
