import type { Component } from "../../alloy";
import type { Chain } from "../chains";
import { fonts } from "../theme";
import { fitted, textWidth } from "./text-width";

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
