import { quote } from "../syntax/literals";

/** What may stand between the parts of an OTTL statement: it becomes a literal, whatever it holds. */
export type OttlLiteral = string | number | boolean | readonly OttlLiteral[];

/**
 * A statement or condition of the OpenTelemetry Transformation Language. What is put in becomes a literal of
 * OTTL and nothing else: a string is quoted.
 *
 * ```ts
 * ottl`set(resource.attributes["cluster"], ${cluster})`
 * ```
 *
 * @throws TypeError where a number is not finite.
 */
export function ottl(parts: TemplateStringsArray, ...values: readonly OttlLiteral[]): string {
  return parts.raw.reduce((text, part, index) => text + literal(values[index - 1] ?? "") + part);
}

function literal(value: OttlLiteral): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "boolean") return String(value);
  return `[${value.map(literal).join(", ")}]`;
}

/** OTTL has 64-bit integers and floats; a float has a point, even before an exponent. */
function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no OTTL number`);
  const text = String(value);
  if (Number.isSafeInteger(value) || text.includes(".")) return text;
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

/** What was found of each pattern: a fleet's configs have the same ones, and compiling is slow. */
const found = new Map<string, string | undefined>();

/**
 * What JavaScript and RE2 read alike: literal characters, classes of them, groups and alternatives, no more than one
 * quantifier after another thing. Of a group that repeats JavaScript may try more ways than there is time for.
 */
const plain =
  /^(?:[\w ^$.(|/:;,-](?:[*+?](?![*+?]))?|\)\??(?![*+?])|\\[dDwWsS.](?:[*+?](?![*+?]))?|\[\^?(?:[A-Za-z0-9_.;]|a-[fz]|A-Z|0-9)+\](?:(?:[*+?]|\{\d{1,2}\})(?![*+?{]))?){0,500}$/;

/** Whether a regexp in RE2's syntax, without mistakes, is found somewhere in a text. */
export function regexpFinds(pattern: string, text: string): boolean {
  if (plain.test(pattern) && isRegExp(pattern)) return new RegExp(pattern).test(text);
  return re2().compile(pattern).matcher(text).find();
}

/** Says what is wrong with a regexp in RE2's syntax, which is Alloy's, or nothing if it is right. */
export function regexpMistake(pattern: string): string | undefined {
  if (!found.has(pattern)) found.set(pattern, mistakeIn(pattern));
  return found.get(pattern);
}

function mistakeIn(pattern: string): string | undefined {
  if (plain.test(pattern) && isRegExp(pattern)) return undefined;
  try {
    re2().compile(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(pattern)) return "has a lookaround, which RE2 doesn't have";
    return `is no RE2 regexp: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** RE2's own reading of a pattern. Most patterns are plain, and it takes longer to load than all of this folder. */
function re2() {
  const { RE2JS }: typeof import("re2js") = require("re2js");
  return RE2JS;
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Nanoseconds of each unit that Go or Prometheus has for a duration. */
const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 24 * 3600e9,
  w: 7 * 24 * 3600e9,
  y: 365 * 24 * 3600e9,
};

// Go's time.ParseDuration.
const pattern = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** Whether Go takes a text as a duration: one that it can hold. */
export function isGoDuration(text: string): boolean {
  return pattern.test(text) && fitsGo(text);
}

/** Whether a duration is one that Go can hold, as nanoseconds in 64 bits: somewhat more than 2,562,047 hours. */
export function fitsGo(duration: string): boolean {
  return Math.abs(nanosecondsOf(duration)) < 2 ** 63;
}

/** What a duration is in nanoseconds, without its sign if that is a plus. */
export function nanosecondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d*)?|\.\d+)([a-zµμ]+)/g)];
  const sum = parts.reduce(
    (all, [, amount, unit = ""]) => all + Number(amount) * (nanoseconds[unit] ?? 0),
    0,
  );
  return duration.startsWith("-") ? -sum : sum;
}
