import { visible, withEntities } from "./visible";

/** What Markdown may take for markup, in a table's cell too. */
const special = /[^\p{L}\p{M}\p{N} .,/()?-]/gu;

/** Text that stands for itself, whatever it holds. */
export function plain(text: string): string {
  return withEntities(visible(text), special);
}

/** Text as code, by a code span where one can hold it: it knows no escapes, and loses blanks at its ends. */
export function code(text: string): string {
  const shown = visible(text);
  if (/^(?! )[^`]+(?<! )$/.test(shown) && !shown.includes("\\|")) return `\`${shown}\``;
  return `<code>${withEntities(shown, special)}</code>`;
}

/** Words as a list in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A table; a cell of several lines is given as a list. A pipe ends a cell even within code. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | readonly string[])[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => [cell].flat().join("<br/>").replaceAll("|", "\\|")));
  return [header, header.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
