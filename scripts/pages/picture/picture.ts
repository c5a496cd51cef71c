import type { ChainGraph } from "../routes";
import { kindsOf } from "../routes";
import { drawCard, drawLegend, legendWidth, stageBoxes, stageHeader, stagePadding } from "./cards";
import { endsOf, layoutOf } from "./layout";
import { arrowheads, drawLine, linkPath } from "./lines";
import { colours, element, fitted, fonts, type Markup, writing } from "./svg";

const margin = 20;
const header = 46;

/** The pipeline as an SVG: column by column from its sources to its destinations, grouped by stage. */
export function svgOf(graph: ChainGraph, title: string): string {
  const layout = layoutOf(graph);
  const kinds = kindsOf(graph.flows);
  const last = layout.columns.at(-1) ?? { x: 0, width: 0 };
  const width = Math.ceil(last.x + last.width + 2 * (stagePadding + margin));
  const height = Math.ceil(margin + header + stageHeader + layout.height + stagePadding + margin);

  const legendX = width - margin - legendWidth(kinds);
  const shownTitle = fitted(title, legendX - 2 * margin, fonts.title, true);
  const headerY = margin + fonts.title / 2;
  const body = [
    ...stageBoxes(layout),
    ...[...endsOf(layout.links)].map(([link, ends]) =>
      drawLine(linkPath(link, ends, layout.columns), link.link.kind),
    ),
    ...layout.cards.map((placed) =>
      drawCard(placed, layout.columns[placed.column] ?? { x: 0, width: 0 }, graph.flows),
    ),
  ];
  const content: readonly Markup[] = [
    element("title", {}, title),
    arrowheads(kinds),
    element("rect", {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 12,
      fill: colours.background,
      stroke: colours.frame,
    }),
    writing(shownTitle, { x: margin, y: headerY, size: fonts.title, fill: colours.text, bold: true }),
    ...drawLegend(kinds, legendX, headerY),
    element(
      "g",
      { transform: `translate(${margin + stagePadding} ${margin + header + stageHeader})` },
      ...body,
    ),
  ];
  const root = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "font-family": fonts.family,
    },
    ...content,
  );
  return `${root.text}\n`;
}
