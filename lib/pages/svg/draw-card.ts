import type { Component } from "../../alloy";
import { type Flow, type FlowKind, kindsOf } from "../flows";
import { colours, flowColours, fonts } from "../theme";
import { railX, type Step, textX } from "./card";
import type { PlacedCard } from "./layout";
import { drawLine } from "./line";
import { element, type Markup, rounded } from "./markup";
import { writing } from "./writing";

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
