const unseen = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/gu;

/**
 * A text for readers: what has no look of its own, such as a control character or a line break, is written as
 * `\u{a}`. The rest fits into XML, HTML and Markdown once it is escaped for them.
 */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A text in which each of some characters is written as its HTML entity of decimal digits. */
export function withEntities(text: string, characters: RegExp, prefix = "&#"): string {
  return text.replace(characters, (character) => `${prefix}${character.codePointAt(0) ?? 0};`);
}

/** Components by their addresses, settings by their names, or words such as chart values, each once. */
export function sorted(components: readonly string[]): readonly string[] {
  return [...new Set(components)].sort().map((name) => (name.includes(" ") ? name : code(name)));
}

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

/** A list, an item a line. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** So wide may a table's column be made to stand in line with its header. */
const widestColumn = 56;

/**
 * A table, its columns in line as far as they are narrow, so that it reads as text too; a cell of several lines is given
 * as a list. A pipe ends a cell even within code.
 */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | readonly string[])[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => [cell].flat().join("<br/>").replaceAll("|", "\\|")));
  const lengths = [header, ...cells].map((row) => row.map((cell) => cell.length));
  const widths = header
    .slice(0, -1)
    .map((_, column) =>
      Math.max(3, ...lengths.map((row) => row[column] ?? 0).filter((length) => length <= widestColumn)),
    );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [
    line(header),
    line(header.map((_, column) => "-".repeat(widths[column] ?? 3))),
    ...cells.map(line),
  ].join("\n");
}
