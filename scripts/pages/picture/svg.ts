import { visible } from "../markdown";
import type { Signal } from "../routes";

/** What has a colour of its own. */
export type Colour = Signal | "background" | "card" | "text" | "muted";

/**
 * Colour-blind readers can tell them apart too (after the palette of Okabe and Ito). Against the background they have the
 * contrast of 4.5 that WCAG 2 asks for at level AA.
 */
export const palettes: Readonly<Record<"light" | "dark", Readonly<Record<Colour, string>>>> = {
  light: {
    background: "#ffffff",
    card: "#f0f3f6",
    text: "#1f2328",
    muted: "#57606a",
    metrics: "#0067b1",
    logs: "#b34700",
    traces: "#00735c",
    profiles: "#a3327d",
  },
  dark: {
    background: "#0d1117",
    card: "#1c2330",
    text: "#e6edf3",
    muted: "#9aa4b0",
    metrics: "#58a6ff",
    logs: "#f0883e",
    traces: "#3fb99a",
    profiles: "#e783c0",
  },
};

/** Colours as classes, for pages that are light and for those that are dark. */
export function stylesheet(): Markup {
  const [light, dark] = [palettes.light, palettes.dark].map((palette) =>
    Object.entries(palette)
      .map(([name, colour]) => `.${name}{color:${colour}}`)
      .join(""),
  );
  return element("style", {}, `${light}@media (prefers-color-scheme:dark){${dark}}`);
}

export const fonts = {
  family: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  stage: 15,
  title: 13,
  component: 12,
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
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, fontSize, bold) > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}

/** The attributes of what is filled with a colour. */
export function filled(colour: Colour): Readonly<Record<string, string>> {
  return { class: colour, fill: "currentColor" };
}

/** How a line of text is written. */
export interface WritingOptions {
  readonly x: number;
  /** The middle of small letters' height. */
  readonly y: number;
  readonly size: number;
  readonly colour: Colour;
  /** @default false */
  readonly bold?: boolean;
}

/** A line of text. */
export function writing(text: string, { x, y, size, colour, bold = false }: WritingOptions): Markup {
  return element(
    "text",
    // `dominant-baseline` isn't known everywhere: the base line is computed.
    { x, y: y + size * 0.35, "font-size": size, ...filled(colour), ...(bold && { "font-weight": "bold" }) },
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
