import { element, type Markup } from "./markup";

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
