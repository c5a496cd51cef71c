import { stages, stageTitles } from "../stages";
import { colours, fonts } from "../theme";
import type { Layout } from "./layout";
import { element, type Markup } from "./markup";
import { writing } from "./writing";

/** Room around the cards of a stage, and above them for its title. */
export const stagePadding = 20;
export const stageHeader = 44;

/** A box around the columns of each stage, all of one height. */
export function stageBoxes({ cards, columns, height }: Layout): readonly Markup[] {
  return stages.flatMap((stage) => {
    const own = cards.filter(({ card }) => card.chain.stage === stage).map(({ column }) => column);
    const [first, last] = [columns[Math.min(...own)], columns[Math.max(...own)]];
    if (first === undefined || last === undefined) return [];
    const box = element("rect", {
      x: first.x - stagePadding,
      y: -stageHeader,
      width: last.x + last.width - first.x + 2 * stagePadding,
      height: stageHeader + height + stagePadding,
      rx: 10,
      fill: colours.stage,
      stroke: colours.frame,
    });
    const title = {
      x: first.x,
      y: stagePadding / 4 - stageHeader / 2,
      size: fonts.stage,
      fill: colours.text,
      bold: true,
    };
    return [box, writing(stageTitles[stage], title)];
  });
}
