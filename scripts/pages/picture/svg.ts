import { visible } from "../markdown";
import type { FlowKind } from "../routes";

/**
 * Dark enough on white for text and lines, and told apart by those who see colours otherwise (after the palette of
 * Okabe and Ito).
 */
export const flowColours: Readonly<Record<FlowKind, string>> = {
  metrics: "#0067b1",
  logs: "#b34700",
  traces: "#00735c",
  profiles: "#a3327d",
  reference: "#656d76",
};

export const colours = {
  background: "#ffffff",
  frame: "#c9d1d9",
  stage: "#f3f5f8",
  card: "#ffffff",
  text: "#1f2328",
  muted: "#57606a",
} as const;

export const fonts = {
  family: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  title: 20,
  stage: 15,
  label: 14.5,
  component: 12.5,
} as const;

/** Widths in em of a sans-serif face that is wider than most, so that text fits in those of others too. */
function emOf(character: string): number {
  if (/[ijl.,:;'|!]/.test(character)) return 0.34;
  if (/[ frt()[\]/\\"-]/.test(character)) return 0.42;
  if (/[mwMW@%]/.test(character)) return 0.96;
  if (/[A-Z&]/.test(character)) return 0.72;
  if (/[a-z0-9_]/.test(character)) return 0.62;
  return character.length > 1 || character > "\u02ff" ? 1.2 : 0.84;
}

/** About how wide a text is at most. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  const em = [...text].reduce((sum, character) => sum + emOf(character), 0);
  return em * fontSize * (bold ? 1.12 : 1);
}

/** The text, cut with an ellipsis where it would be wider. */
export function fitted(text: string, width: number, fontSize: number, bold = false): string {
  const shown = visible(text);
  if (textWidth(shown, fontSize, bold) <= width) return shown;
  const characters = [...shown];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, fontSize, bold) > width)
    characters.pop();
  return `${characters.join("")}…`;
}

/** How a line of text is written. */
export interface WritingOptions {
  readonly x: number;
  /** The middle of small letters' height. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  /** @default false */
  readonly bold?: boolean;
}

/** A line of text. */
export function writing(text: string, { x, y, size, fill, bold = false }: WritingOptions): Markup {
  return element(
    "text",
    // `dominant-baseline` isn't known everywhere: the base line is computed.
    { x, y: y + size * 0.35, "font-size": size, fill, ...(bold && { "font-weight": "bold" }) },
    text,
  );
}

/** Text of an SVG that is markup already. Only {@link element} makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/** An element of an SVG. Strings among its attributes and children are text and come out as such. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Markup | string)[]
): Markup {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value)}"`)
    .join("");
  if (children.length === 0) return new Markup(`<${name}${written}/>`);
  // Text stays on one line with its element: blanks around it would be shown.
  const inline = children.some((child) => typeof child === "string");
  const content = children.map((child) => (typeof child === "string" ? escaped(child) : child.text));
  return new Markup(
    inline
      ? `<${name}${written}>${content.join("")}</${name}>`
      : `<${name}${written}>\n${content.join("\n")}\n</${name}>`,
  );
}

/** A coordinate without the noise of floating point. */
export function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}
