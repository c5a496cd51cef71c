/** What a plan says of an environment, in the order in which a reviewer asks. */
export const sections = ["Pods", "Data", "Data at risk", "Access", "Config", "Alerts", "Objects"] as const;

export type Section = (typeof sections)[number];

/** New, gone, changed, at risk, or merely said. */
export type Sign = "+" | "-" | "~" | "!" | " ";

export interface Line {
  readonly sign: Sign;
  readonly text: string;
}

/** Something that a plan says of an environment. */
export interface Statement {
  readonly section: Section;
  /** The object or component that it is of; what is said of one stands below its title. @default - none */
  readonly of?: Line;
  /** What it is about. Environments whose statements are about the same are told together. */
  readonly about: string;
  /** What is said. Empty: the title says it all. */
  readonly lines: readonly Line[];
}

/** A sentence. */
export function sentence(section: Section, sign: Sign, about: string, text: string): Statement {
  return { section, about, lines: [{ sign, text }] };
}

/** The longest change that stands on one line, in characters. */
const longest = 100;

/**
 * How a value changes, as a reviewer reads it.
 *
 * @param before undefined: the value is new
 * @param after undefined: the value is gone
 * @param equals stands before a value that is new or gone
 */
export function changeLines(
  path: string,
  before: string | undefined,
  after: string | undefined,
  equals = ": ",
): readonly Line[] {
  if (before === undefined || after === undefined) {
    const value = before ?? after ?? "";
    const text = value.includes("\n")
      ? `${path}${equals.trimEnd()}\n${indented(value)}`
      : `${path}${equals}${value}`;
    return signed(before === undefined ? "+" : "-", text);
  }
  if (before.includes("\n") || after.includes("\n")) {
    return itemLines(path, ...sequenceChange(before.split("\n"), after.split("\n")));
  }
  const line = `${path}: ${before} → ${after}`;
  if (line.length <= longest) return signed("~", line);
  return [...signed("~", path), ...signed("-", `  ${before}`), ...signed("+", `  ${after}`)];
}

/** How the items of a list change. */
export function itemLines(path: string, gone: readonly string[], come: readonly string[]): readonly Line[] {
  const [only, ...more] = [...gone.map((item) => `- ${item}`), ...come.map((item) => `+ ${item}`)];
  const line = `${path}: ${only}`;
  if (more.length === 0 && line.length <= longest && !line.includes("\n")) return signed("~", line);
  return [
    ...signed("~", path),
    ...gone.flatMap((item) => signed("-", indented(item))),
    ...come.flatMap((item) => signed("+", indented(item))),
  ];
}

function indented(text: string): string {
  return `  ${text.replaceAll("\n", "\n  ")}`;
}

/** Lines of one sign. */
export function signed(sign: Sign, text: string): readonly Line[] {
  return text.split("\n").map((line) => ({ sign, text: line.replaceAll("\t", "  ") }));
}

/** The words of a text, such as a name, a version or a host, and each character between them. */
export function words(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_.-]+|./gsu) ?? [];
}

/** What one sequence has and another doesn't, by their longest common subsequence: `[gone, come]`. */
export function sequenceChange(
  before: readonly string[],
  after: readonly string[],
): readonly [gone: readonly string[], come: readonly string[]] {
  const pairs = commonPairs(before, after);
  const [kept, still] = [new Set(pairs.map(([place]) => place)), new Set(pairs.map(([, place]) => place))];
  return [before.filter((_, place) => !kept.has(place)), after.filter((_, place) => !still.has(place))];
}

/** The places of a longest common subsequence in both. */
export function commonPairs(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [before: number, after: number])[] {
  // lengths[i][j] is how long it is of what begins at i and at j.
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      const longest = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      if (row !== undefined) row[j] = longest;
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
