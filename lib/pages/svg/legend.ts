import { type FlowKind, flowTitles } from "../flows";
import { colours, fonts } from "../theme";
import { arrowLength, drawLine } from "./line";
import { element, type Markup, rounded } from "./markup";
import { textWidth } from "./text-width";
import { writing } from "./writing";

const sample = 36;
const gap = 8;
const entryGap = 26;

/** How wide the legend of some kinds is. */
export function legendWidth(kinds: readonly FlowKind[]): number {
  return kinds.reduce((sum, kind) => sum + entryWidth(kind) + entryGap, -entryGap);
}

/** A line of each kind with its name, in a row. */
export function drawLegend(kinds: readonly FlowKind[], left: number, y: number): readonly Markup[] {
  let x = left;
  return kinds.map((kind) => {
    const start = x;
    x += entryWidth(kind) + entryGap;
    return element(
      "g",
      {},
      drawLine(`M${rounded(start)} ${rounded(y)}h${sample - arrowLength}`, kind),
      writing(flowTitles[kind], { x: start + sample + gap, y, size: fonts.component, fill: colours.text }),
    );
  });
}

function entryWidth(kind: FlowKind): number {
  return sample + gap + textWidth(flowTitles[kind], fonts.component);
}
