import { type Chain, type ChainGraph, stages } from "./routes";

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

/** A table; a cell of several lines is given as a list. A pipe ends a cell even within code. */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | readonly string[])[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => [cell].flat().join("<br/>").replaceAll("|", "\\|")));
  return [header, header.map(() => "---"), ...cells].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/**
 * The column of each chain, from 0 on. Each stage has columns of its own. In them a chain stands as far to the left as
 * what feeds it allows; destinations stand as far to the right as what they feed allows, so that data ends in one
 * column.
 */
export function columnsOf({ chains, links }: ChainGraph): ReadonlyMap<Chain, number> {
  const columns = new Map<Chain, number>();
  let first = 0;
  for (const stage of stages) {
    const own = chains.filter((chain) => chain.stage === stage);
    if (own.length === 0) continue;
    const before = distances(own, (chain) => links.filter(({ to }) => to === chain).map(({ from }) => from));
    const after = distances(own, (chain) => links.filter(({ from }) => from === chain).map(({ to }) => to));
    const last = first + Math.max(...before.values());
    for (const chain of own) {
      const column =
        stage === "destinations" ? last - (after.get(chain) ?? 0) : first + (before.get(chain) ?? 0);
      columns.set(chain, column);
    }
    first = last + 1;
  }
  return columns;
}

/** How many steps the longest way from each chain to one without neighbours takes, among some chains. */
function distances(
  chains: readonly Chain[],
  neighbours: (chain: Chain) => readonly Chain[],
): ReadonlyMap<Chain, number> {
  const known = new Map<Chain, number>();
  const distance = (chain: Chain): number => {
    const found = known.get(chain);
    if (found !== undefined) return found;
    const steps = neighbours(chain)
      .filter((neighbour) => chains.includes(neighbour))
      .map((neighbour) => distance(neighbour) + 1);
    const longest = Math.max(0, ...steps);
    known.set(chain, longest);
    return longest;
  };
  return new Map(chains.map((chain) => [chain, distance(chain)]));
}
