import type { Signal } from "../routes";
import { signalsIn, stageTitles } from "../routes";
import type { Boxes, Step } from "./boxes";
import {
  arrowLength,
  type Layout,
  type Line,
  layoutOf,
  margin,
  type Placed,
  stepY,
  titleY,
  width,
} from "./layout";
import {
  type Colour,
  element,
  filled,
  fitted,
  fonts,
  type Markup,
  rounded,
  stylesheet,
  textWidth,
  writing,
} from "./svg";

/** Where the dots and the text of a box begin, from its left edge. */
const dotX = 14;
const textX = 32;
const dotRadius = 3.5;

/** The pipeline as an SVG: its stages side by side, a box for each part, and lines along which data goes. */
export function svgOf(boxes: Boxes, title: string): string {
  const layout = layoutOf(boxes);
  const signals = signalsIn(boxes.links);
  const legendY = layout.height + 22;
  const height = Math.ceil(legendY + margin);
  const ground = { x: 0, y: 0, width, height, rx: 10, ...filled("background") };
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
    element("title", {}, title),
    stylesheet(),
    arrowheads(signals),
    element("rect", ground),
    ...headings(layout),
    ...layout.lines.map(drawLine),
    ...layout.boxes.map(drawBox),
    ...legend(signals, legendY),
  );
  return `${root.text}\n`;
}

function headings({ headings: all }: Layout): readonly Markup[] {
  return all.map(({ stage, x }) =>
    writing(stageTitles[stage], { x, y: margin + 12, size: fonts.stage, colour: "text", bold: true }),
  );
}

function drawLine({ signal, path }: Line): Markup {
  return element("path", {
    d: path,
    fill: "none",
    class: signal,
    stroke: "currentColor",
    "stroke-width": 2,
    "marker-end": `url(#${signal})`,
  });
}

/** The arrowheads that the lines of some signals refer to. */
function arrowheads(signals: readonly Signal[]): Markup {
  const half = arrowLength / 2;
  const size = { markerWidth: arrowLength, markerHeight: arrowLength, refY: half };
  const markers = signals.map((signal) =>
    element(
      "marker",
      { id: signal, orient: "auto", markerUnits: "userSpaceOnUse", ...size },
      element("path", { d: `M0 0L${arrowLength} ${half}L0 ${arrowLength}Z`, ...filled(signal) }),
    ),
  );
  return element("defs", {}, ...markers);
}

/** A box: its title, and below it each component by its name, with a dot for each signal that it takes or sends. */
function drawBox({ box, x, y, width: boxWidth, height }: Placed): Markup {
  const room = boxWidth - dotX + dotRadius;
  const title = fitted(box.title, room - dotX, fonts.title, true);
  return element(
    "g",
    { transform: `translate(${rounded(x)} ${rounded(y)})` },
    element("rect", { width: boxWidth, height, rx: 7, ...filled("card") }),
    writing(title, { x: dotX - dotRadius, y: titleY, size: fonts.title, colour: "text", bold: true }),
    ...box.steps.flatMap((step, index) => drawStep(step, stepY(index), room)),
  );
}

function drawStep({ component, signals }: Step, y: number, room: number): readonly Markup[] {
  const name = fitted(component.definition.name, room - textX, fonts.component);
  return [
    ...dots(signals, dotX, y),
    writing(name, { x: textX, y, size: fonts.component, colour: signals.length > 0 ? "text" : "muted" }),
  ];
}

/** A dot of each signal, side by side; a ring where there is none. */
function dots(signals: readonly Signal[], x: number, y: number): readonly Markup[] {
  if (signals.length === 0) {
    const ring = { fill: "none", class: "muted", stroke: "currentColor", "stroke-width": 1.3 };
    return [element("circle", { cx: x, cy: y, r: dotRadius - 0.6, ...ring })];
  }
  return signals.map((signal, index) =>
    element("circle", { cx: x + index * 2.3 * dotRadius, cy: y, r: dotRadius, ...filled(signal) }),
  );
}

/** What the dots mean, in a row. */
function legend(signals: readonly Signal[], y: number): readonly Markup[] {
  const entries: readonly {
    readonly signals: readonly Signal[];
    readonly words: string;
    readonly colour: Colour;
  }[] = [
    ...signals.map((signal) => ({ signals: [signal], words: signal, colour: signal })),
    {
      signals: [],
      words: "files, targets and handlers: no data passes them",
      colour: "muted",
    },
  ];
  let x = margin + dotRadius;
  return entries.flatMap((entry) => {
    const start = x;
    x += textWidth(entry.words, fonts.component) + 40;
    return [
      ...dots(entry.signals, start, y),
      writing(entry.words, { x: start + 10, y, size: fonts.component, colour: entry.colour }),
    ];
  });
}
