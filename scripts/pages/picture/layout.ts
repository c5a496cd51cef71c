import { type Signal, type Stage, signalsIn, stages } from "../routes";
import type { Box, Boxes, Link } from "./boxes";
import { rounded } from "./svg";

/** The width of a page on a forge: so wide is the picture, so that its text is as high as it says. */
export const width = 880;

export const margin = 16;

/** From left to right, each as wide as the names of Alloy's components that stand there. */
const columnWidths: Readonly<Record<Stage, number>> = { sources: 250, processing: 284, destinations: 222 };

/** What stays free between two columns: their lines go there. */
const gutter =
  (width - 2 * margin - stages.reduce((sum, stage) => sum + columnWidths[stage], 0)) / (stages.length - 1);

/** From the upper edge of a column to its first box: its title is there. */
const header = 46;
const boxGap = 26;
/** Between lines that go side by side. */
const laneGap = 9;

/** A line to an arrow's point ends so far before it. */
export const arrowLength = 8;

/** The parts of a box, from its upper edge. */
const padding = 10;
const titleHeight = 22;
const stepHeight = 18;

export const titleY = padding + titleHeight / 2 - 2;

export function stepY(index: number): number {
  return padding + titleHeight + (index + 0.5) * stepHeight;
}

/** Where a box is. */
export interface Placed {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A column's title. */
export interface Heading {
  readonly stage: Stage;
  readonly x: number;
}

/** The line of a link, as the `d` of a path. */
export interface Line {
  readonly signal: Signal;
  readonly path: string;
}

/** Where everything is. */
export interface Layout {
  readonly headings: readonly Heading[];
  readonly boxes: readonly Placed[];
  readonly lines: readonly Line[];
  /** Without the legend. */
  readonly height: number;
}

/** Stages side by side, the boxes of each below each other, each column in the middle of the height. */
export function layoutOf({ boxes, links }: Boxes): Layout {
  const passing = links.filter(({ from, to }) => stages.indexOf(to.stage) - stages.indexOf(from.stage) > 1);
  const columns = stages.map((stage) => {
    const own = boxes.filter((box) => box.stage === stage);
    const top = stage === "processing" ? passing.length * laneGap : 0;
    const height = own.reduce((sum, box) => sum + heightOf(box) + boxGap, top - boxGap);
    return { stage, own, top, height };
  });
  const highest = Math.max(...columns.map(({ height }) => height));
  const headings: Heading[] = [];
  const placed: Placed[] = [];
  let x = margin;
  for (const { stage, own, top, height } of columns) {
    const columnWidth = columnWidths[stage];
    headings.push({ stage, x });
    let y = margin + header + top + (highest - height) / 2;
    for (const box of own) {
      placed.push({ box, x, y, width: columnWidth, height: heightOf(box) });
      y += heightOf(box) + boxGap;
    }
    x += columnWidth + gutter;
  }
  return {
    headings,
    boxes: placed,
    lines: linesOf(links, passing, placed),
    height: margin + header + highest,
  };
}

function heightOf({ steps }: Box): number {
  return 2 * padding + titleHeight + steps.length * stepHeight;
}

/** The lines of links between boxes. Links of one signal leave a box, and enter one, at the same place. */
function linesOf(
  links: readonly Link[],
  passing: readonly Link[],
  placed: readonly Placed[],
): readonly Line[] {
  const lanes: Link[] = [];
  return links.flatMap((link) => {
    const from = placed.find(({ box }) => box === link.from);
    const to = placed.find(({ box }) => box === link.to);
    if (from === undefined || to === undefined) return [];
    const { kind: signal } = link;
    const isDown = from.x === to.x;
    const alike = links.filter((one) => (one.from.stage === one.to.stage) === isDown);
    const start = offset(signal, signalsIn(alike.filter((one) => one.from === link.from)));
    const end = offset(signal, signalsIn(alike.filter((one) => one.to === link.to)));
    if (!isDown) {
      const lane = passing.indexOf(link);
      return [{ signal, path: across(from, to, start, end, lane < 0 ? undefined : lane) }];
    }
    const isNext = placed.indexOf(to) === placed.indexOf(from) + 1;
    if (!isNext) lanes.push(link);
    return [{ signal, path: isNext ? straightDown(from, to, end) : downBeside(from, to, end, lanes.length) }];
  });
}

/** How far the line of a signal is from the middle of those that go beside it. */
function offset(signal: Signal, among: readonly Signal[]): number {
  return (among.indexOf(signal) - (among.length - 1) / 2) * laneGap;
}

/** From the right of a box to the left of another; above all boxes of the columns between, in a lane there. */
function across(from: Placed, to: Placed, start: number, end: number, lane: number | undefined): string {
  const [x, y] = [from.x + from.width, from.y + from.height / 2 + start];
  const [endX, endY] = [to.x - arrowLength, to.y + to.height / 2 + end];
  if (lane === undefined) return `M${at(x, y)}${curve(x, y, endX, endY)}`;
  const [laneX, laneEnd, laneY] = [x + gutter, to.x - gutter, margin + header + lane * laneGap];
  return `M${at(x, y)}${curve(x, y, laneX, laneY)}H${rounded(laneEnd)}${curve(laneEnd, laneY, endX, endY)}`;
}

function straightDown(from: Placed, to: Placed, end: number): string {
  return `M${at(to.x + to.width / 2 + end, from.y + from.height)}V${rounded(to.y - arrowLength)}`;
}

/** From the bottom of a box to the top of another, to the right of those between them. */
function downBeside(from: Placed, to: Placed, end: number, lane: number): string {
  const x = to.x + to.width * 0.8 + end;
  const laneX = to.x + to.width + (lane - 0.2) * laneGap;
  const [top, bottom] = [from.y + from.height, to.y - arrowLength];
  const [turn, back] = [top + boxGap, to.y - boxGap];
  const leave = `C${at(x, turn)} ${at(laneX, top)} ${at(laneX, turn)}`;
  return `M${at(x, top)}${leave}V${rounded(back)}C${at(laneX, bottom)} ${at(x, back)} ${at(x, bottom)}`;
}

/** A curve that begins and ends level. It rises late: at the left of a gutter are the lanes of the column before it. */
function curve(x: number, y: number, endX: number, endY: number): string {
  const turn = x + 0.75 * (endX - x);
  return `C${at(turn, y)} ${at(turn, endY)} ${at(endX, endY)}`;
}

function at(x: number, y: number): string {
  return `${rounded(x)} ${rounded(y)}`;
}
