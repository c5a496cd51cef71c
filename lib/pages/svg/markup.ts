import { visible } from "../visible";

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
