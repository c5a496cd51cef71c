import type { Ends } from "./lanes";
import type { Column, PlacedLink } from "./layout";
import { arrowLength } from "./line";
import { rounded } from "./markup";

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
