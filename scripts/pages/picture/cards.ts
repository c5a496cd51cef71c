import type { Component } from "../../../lib/alloy";
import { type Chain, type Flow, type FlowKind, flowTitles, kindsOf, stages, stageTitles } from "../routes";
import type { Layout, PlacedCard } from "./layout";
import { arrowLength, drawLine } from "./lines";
import {
  colours,
  element,
  fitted,
  flowColours,
  fonts,
  type Markup,
  rounded,
  textWidth,
  writing,
} from "./svg";

/** A line of text in a card. */
export interface Row {
  readonly text: string;
  /** The middle of the line, from the top of the card. */
  readonly y: number;
}

/** A component's line. */
export interface Step extends Row {
  readonly component: Component;
}

/** A chain as the picture shows it: each component by its name, below the label that it shares with its neighbours. */
export interface Card {
  readonly chain: Chain;
  readonly width: number;
  readonly height: number;
  readonly labels: readonly Row[];
  readonly steps: readonly Step[];
}

/** Where the line of a card is that data goes along, and where its text begins, from the left. */
export const railX = 17;
export const textX = 31;

const padding = 12;
const labelHeight = 21;
const stepHeight = 19;
const labelGap = 7;
const maxTextWidth = 300;

/** A chain's card, as wide as its text. */
export function cardOf(chain: Chain): Card {
  const labels: Row[] = [];
  const steps: Step[] = [];
  let y = padding;
  let last: string | undefined;
  for (const component of chain.components) {
    const label = component.label ?? "";
    if (label !== last) {
      y += labels.length > 0 ? labelGap : 0;
      labels.push({ text: fitted(label, maxTextWidth, fonts.label, true), y: y + labelHeight / 2 });
      y += labelHeight;
      last = label;
    }
    const text = fitted(component.definition.name, maxTextWidth, fonts.component);
    steps.push({ component, text, y: y + stepHeight / 2 });
    y += stepHeight;
  }
  const widths = [
    ...labels.map(({ text }) => textWidth(text, fonts.label, true)),
    ...steps.map(({ text }) => textWidth(text, fonts.component)),
  ];
  return { chain, width: textX + Math.max(...widths) + padding, height: y + padding, labels, steps };
}

const dot = 4;
const laneWidth = 5;

/** A card: its labels and components, and down its left the way that data goes through them. */
export function drawCard(
  { card, y }: PlacedCard,
  { x, width }: { readonly x: number; readonly width: number },
  flows: readonly Flow[],
): Markup {
  const frame = { width, height: card.height, rx: 7, fill: colours.card, stroke: colours.frame };
  const rails = card.steps.flatMap((step, index) => {
    const next = card.steps[index + 1];
    return next === undefined ? [] : railBetween(step, next, flows);
  });
  return element(
    "g",
    { transform: `translate(${rounded(x)} ${rounded(y)})` },
    element("rect", frame),
    ...rails,
    ...card.labels.map((row) =>
      writing(row.text, { x: textX, y: row.y, size: fonts.label, fill: colours.text, bold: true }),
    ),
    ...card.steps.flatMap((step) => [
      element("circle", { cx: railX, cy: step.y, r: dot, fill: dotColour(step.component, flows) }),
      writing(step.text, { x: textX, y: step.y, size: fonts.component, fill: colours.muted }),
    ]),
  );
}

function railBetween(step: Step, next: Step, flows: readonly Flow[]): readonly Markup[] {
  const kinds = kindsOf(flows.filter(({ from, to }) => from === step.component && to === next.component));
  const length = next.y - step.y - 2 * dot;
  return kinds.map((kind, index) => {
    const lane = railX + (index - (kinds.length - 1) / 2) * laneWidth;
    return drawLine(`M${rounded(lane)} ${rounded(step.y + dot)}v${rounded(length)}`, kind, "plain");
  });
}

/** A component has the colour of the one signal that leaves it, or enters it where none leaves. */
function dotColour(component: Component, flows: readonly Flow[]): string {
  const leaving = kindsOf(flows.filter(({ from }) => from === component));
  const kinds = leaving.length > 0 ? leaving : dataInto(component, flows);
  const [only, ...others] = kinds;
  return only === undefined || others.length > 0 ? colours.text : flowColours[only];
}

function dataInto(component: Component, flows: readonly Flow[]): readonly FlowKind[] {
  return kindsOf(flows.filter(({ to }) => to === component)).filter((kind) => kind !== "reference");
}

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
