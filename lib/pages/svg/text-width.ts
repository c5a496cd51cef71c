import { visible } from "../visible";

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
