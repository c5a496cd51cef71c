import { type Duration, fitsGo, nearest } from "../alloy";

/** What a value may be, in JSON Schema's terms. */
export type Kind = "string" | "boolean" | "integer" | "number" | "array" | "object" | "null";

const nouns: Readonly<Record<Kind, string>> = {
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "a map",
  null: "empty",
};

const advice: Readonly<Record<Kind, string>> = {
  string: "write one value",
  boolean: "write true or false",
  integer: "write a whole number without quotes",
  number: "write a number without quotes",
  array: 'write its items below it, each after "- "',
  object: "write its settings below it, indented",
  null: "leave it empty",
};

/** What YAML 1.1 and people take for booleans. */
const booleanWords: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["y", true],
  ["on", true],
  ["false", false],
  ["no", false],
  ["n", false],
  ["off", false],
]);

/** Whether a text names a kind. */
export function isKind(word: unknown): word is Kind {
  return typeof word === "string" && Object.hasOwn(nouns, word);
}

/** Whether a value is a map: no list, and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `a list`, `a number`, … A string is not shown: it may be a credential in the wrong place. */
export function describeKind(value: unknown): string {
  if (typeof value === "boolean") return `the boolean ${value}`;
  if (typeof value === "number" || typeof value === "bigint") return "a number";
  if (typeof value === "string") return "a string";
  return Array.isArray(value) ? nouns.array : isRecord(value) ? nouns.object : nouns.null;
}

/** The message for a value that isn't there, or is of the wrong kind. */
export function wrongKind(value: unknown, expected: readonly Kind[]): string {
  const several = expected.length > 1;
  const wanted = alternatives(
    expected.map((kind) => (several && kind === "boolean" ? "a boolean" : nouns[kind])),
  );
  if (value === undefined) return `is missing; write ${wanted}`;
  const word =
    typeof value === "string" && expected.includes("boolean")
      ? booleanWords.get(value.toLowerCase())
      : undefined;
  if (word !== undefined) {
    return `must be ${wanted}, is the string ${JSON.stringify(value)}; write ${word} without quotes`;
  }
  if (expected.includes("string") && (typeof value === "number" || typeof value === "boolean")) {
    return `must be ${wanted}, is ${describeKind(value)}; put it in quotes`;
  }
  const digits = typeof value === "string" && /^\d+$/.test(value) && Number.isSafeInteger(Number(value));
  if (digits && (expected.includes("integer") || expected.includes("number"))) {
    return `must be ${wanted}, is the string ${JSON.stringify(value)}; write ${Number(value)} without quotes`;
  }
  const [first] = expected;
  return `must be ${wanted}, is ${describeKind(value)}; ${first ? advice[first] : "remove it"}`;
}

/** The message for a word that isn't one of those known. */
export function wrongWord(value: unknown, known: readonly string[]): string {
  if (value === undefined) return `is missing; write ${alternatives(known)}`;
  const other = known.length === 1 ? alternatives(known) : "one of them";
  if (typeof value !== "string") {
    return `must be ${alternatives(known)}, is ${describeKind(value)}; write ${other}`;
  }
  const meant = nearest(value, known);
  return `must be ${alternatives(known)}, is ${quotedWord(value)}; write ${meant ?? other}`;
}

/** More than any word has. */
const longestWord = 60;

/** A word in quotes. Of what is far too long for one, a file that was pasted in its place say, the beginning tells enough. */
function quotedWord(text: string): string {
  return JSON.stringify(text.length > longestWord ? `${text.slice(0, longestWord)}…` : text);
}

/** `a`, `a or b`, `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** What a terminal would act on, or nobody sees: controls, marks that turn the direction of a text, and odd blanks. */
const unseen = /(?! )[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]/gu;

/** Whether a text has a character that is not seen, or is taken for a blank. */
export function hasUnseen(text: string): boolean {
  return text.search(unseen) !== -1;
}

/** What of a text is seen. */
export function withoutUnseen(text: string): string {
  return text.replace(unseen, "");
}

/** A text without ends of lines. */
export function inOneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]\s*/g, " ");
}

/** A line for a terminal, in which what it would act on, and what nobody sees, stands as `\u` and its number. */
export function escapedForTerminal(line: string): string {
  return line.replace(unseen, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** A number with a suffix, as Kubernetes writes amounts. No unit is smaller than a thousandth. */
export const quantityPattern = /^(\d+(?:\.\d+)?|\.\d+)(m|k|[MGTPE]|[KMGTPE]i|)$/;

const decimal = ["", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** A quantity in cores or bytes; NaN for a text that is none. */
export function inBaseUnits(quantity: string): number {
  const [, digits = "", suffix = ""] = quantityPattern.exec(quantity) ?? [];
  if (digits === "") return Number.NaN;
  if (suffix === "m") return Number(digits) / 1000;
  return (
    Number(digits) * (suffix.endsWith("i") ? 1024 ** binary.indexOf(suffix) : 1000 ** decimal.indexOf(suffix))
  );
}

/**
 * A quantity as the API server keeps it: a whole number with the largest unit that leaves it one, such as `2` for `2000m`
 * and `1Gi` for `1024Mi`. What is none, or has more digits than a number holds, stays as it is.
 */
export function canonicalQuantity(quantity: string): string {
  const amount = inBaseUnits(quantity);
  const [thousandths, isBinary] = [Math.round(amount * 1000), quantity.endsWith("i") && amount >= 1024];
  if (!Number.isSafeInteger(thousandths) || (isBinary && !Number.isInteger(amount))) return quantity;
  if (thousandths === 0) return "0";
  const [step, units] = isBinary ? [1024, binary] : [1000, ["m", ...decimal]];
  let [number, unit] = [isBinary ? amount : thousandths, 0];
  while (number % step === 0 && unit < units.length - 1) [number, unit] = [number / step, unit + 1];
  return `${number}${units[unit]}`;
}

/** Hours, minutes and seconds, as Go writes durations. */
export const durationPattern = /^(?=.)(\d+h)?(\d+m)?(\d+s)?$/;

/** Whether a text is a duration such as `90s` or `1h30m`, of 292 years at most. */
export function isDuration(text: string): text is Duration {
  return durationPattern.test(text) && fitsGo(text);
}

/** The largest number of bytes that is counted exactly. */
export const largestSize = "4Pi";

/** How many bytes were most likely meant by a text such as `512MB`, `2 Gi` or `512mi`. */
export function meantBytes(text: string): string | undefined {
  const [, digits, unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(?:([kmgtp])i?b?(?:ytes)?|b|bytes)$/i.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  return unit === "" ? digits : `${digits}${unit.toUpperCase()}i`;
}

/** How many cores were most likely meant by a text such as `2 cores` or `500 m`. */
export function meantCores(text: string): string | undefined {
  const [, digits, unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(?:(m)(?:illi(?:cores?)?)?|cores?|cpus?)$/i.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : `${digits}${unit.toLowerCase()}`;
}

const secondsOf: readonly (readonly [words: string, seconds: number])[] = [
  ["ms millis milliseconds", 0.001],
  ["s sec secs second seconds", 1],
  ["m min mins minute minutes", 60],
  ["h hr hrs hour hours", 3600],
  ["d day days", 86_400],
  ["w week weeks", 604_800],
];

/** What was most likely meant by a number with another unit, or without one, such as `2d`, `1.5h` or `300`. */
export function meantDuration(text: string): string | undefined {
  const [, digits, unit = "s"] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/i.exec(text.trim()) ?? [];
  const [, length] = secondsOf.find(([words]) => words.split(" ").includes(unit.toLowerCase())) ?? [];
  const seconds =
    digits === undefined || length === undefined ? Number.NaN : Math.round(Number(digits) * length);
  if (!Number.isSafeInteger(seconds) || seconds === 0) return undefined;
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** The bytes of a size such as `512Mi`; undefined for what is none, or no whole number of bytes. */
export function bytesOf(size: string): number | undefined {
  const bytes = quantityPattern.test(size) ? inBaseUnits(size) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
