import { nameOf, type Syntax } from "../syntax/tree";
import { isGoDuration } from "./languages";
import { nearest } from "./nearest";
import { type CapsuleName, isCapsuleName } from "./types";

/** What an attribute takes, or an export gives. A size, a duration, a regexp and words are strings that Alloy reads. */
export type Format =
  | { readonly kind: "any" | "string" | "bool" | "float" | "duration" | "size" }
  | { readonly kind: "regexp"; readonly mistakeIn: RegexpReader }
  | { readonly kind: "secret" | "optional_secret" }
  | { readonly kind: "integer"; readonly least: number; readonly most: number }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "capsule"; readonly capsule: CapsuleName }
  | { readonly kind: "list" | "map"; readonly of: Format };

/**
 * Says what is wrong with a regexp, or nothing if it is right. A body with regexps brings what reads them: RE2 is larger than all
 * else that checks a config, so a bundle has it only with a component that takes a regexp.
 */
export type RegexpReader = (pattern: string) => string | undefined;

/** The formats that a name is enough for. Alloy's 64-bit numbers reach as far as JavaScript's are exact. */
const named = new Map<string, Format>([
  ...(["any", "string", "bool", "float", "duration", "size", "secret", "optional_secret"] as const).map(
    (kind): [string, Format] => [kind, { kind }],
  ),
  ["int64", { kind: "integer", least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER }],
  ["int32", { kind: "integer", least: -(2 ** 31), most: 2 ** 31 - 1 }],
  ["uint64", { kind: "integer", least: 0, most: Number.MAX_SAFE_INTEGER }],
  ["uint32", { kind: "integer", least: 0, most: 2 ** 32 - 1 }],
  ["uint16", { kind: "integer", least: 0, most: 2 ** 16 - 1 }],
  ["uint8", { kind: "integer", least: 0, most: 2 ** 8 - 1 }],
]);

// github.com/alecthomas/units.ParseBase2Bytes: KiB and KB mean the same, but not both in one size.
const size =
  /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i)?B)+|(?:(?:\d+(?:\.\d*)?|\.\d+)[KMGTPE]?B)+)$/;

/**
 * Reads a format as the bindings write it: a name, a capsule, words as `(one|another)`, a list as `[of]`, a map as `{of}`.
 *
 * @param regexps reads regexps, where the format has any
 * @throws where it is none of these.
 */
export function formatOf(text: string, regexps?: RegexpReader): Format {
  const known = named.get(text);
  if (known !== undefined) return known;
  const format = readFormat(text, regexps);
  named.set(text, format);
  return format;
}

function readFormat(text: string, regexps: RegexpReader | undefined): Format {
  if (text === "regexp" && regexps !== undefined) return { kind: "regexp", mistakeIn: regexps };
  const inner = text.slice(1, -1);
  if (text.startsWith("(")) return { kind: "words", words: inner.split("|") };
  if (text.startsWith("[")) return { kind: "list", of: formatOf(inner, regexps) };
  if (text.startsWith("{")) return { kind: "map", of: formatOf(inner, regexps) };
  if (isCapsuleName(text)) return { kind: "capsule", capsule: text };
  throw new Error(`no format ${text}`);
}

/** What Alloy's type of a format is called. */
export function typeName(format: Format): string {
  switch (format.kind) {
    case "capsule":
      return format.capsule;
    case "integer":
    case "float":
      return "number";
    case "list":
    case "map":
    case "bool":
    case "any":
      return format.kind;
    case "secret":
    case "optional_secret":
      return "secret";
    default:
      return "string";
  }
}

/** What is wrong with a part of a value. */
export interface ValueMistake {
  readonly message: string;
  readonly part: Syntax;
  /** Whether Alloy refuses it; else it is unwise. */
  readonly isRefused: boolean;
  /** It is a secret that stands in the text, for anyone to read. */
  readonly isSecret?: true;
}

/** Told of each mistake in a value. */
export type ReportValue = (mistake: ValueMistake) => void;

/** Tells the format of a value that is no literal, list or map; undefined where only a running Alloy knows it. */
export type FormatOfValue = (value: Syntax) => Format | undefined;

/** Reports what Alloy would refuse for a format. */
export function checkFormat(format: Format, value: Syntax, given: FormatOfValue, report: ReportValue): void {
  const refuse = (message: string) => report({ message, part: value, isRefused: true });
  // What gives a list by itself is that list, and no item of one.
  const reportItem = (item: Syntax, hint: string) => (mistake: ValueMistake) => {
    const isList = mistake.isRefused && item.kind !== "list" && takes(format, item, given);
    report(isList ? { ...mistake, message: `${mistake.message}; ${hint}` } : mistake);
  };
  switch (value.kind) {
    case "parentheses":
      checkFormat(format, value.of, given, report);
      break;
    case "list":
      if (format.kind === "list") {
        const hint = value.items.length === 1 ? without : "write array.concat(...) around the lists";
        for (const item of value.items) checkFormat(format.of, item, given, reportItem(item, hint));
      } else if (format.kind !== "any") {
        const [item, other] = value.items;
        const isOne = item !== undefined && other === undefined && takes(format, item, given);
        refuse(`a list is no ${typeName(format)}${isOne ? `; ${without}` : ""}`);
      }
      break;
    case "map":
      if (format.kind === "map") {
        for (const [, entry] of value.entries) checkFormat(format.of, entry, given, report);
      } else if (format.kind !== "any") {
        const isItem = format.kind === "list" && format.of.kind === "map";
        refuse(`a map is no ${typeName(format)}${isItem ? "; write [ ] around it" : ""}`);
      }
      break;
    case "literal": {
      // Alloy takes it; whoever reads the text has it. The message must not have it too: it may get into a log.
      if (format.kind === "secret" && value.value !== null && value.value !== "") {
        report({ message: literalSecret, part: value, isRefused: false, isSecret: true });
      }
      const mistake = literalMistake(format, value.value);
      if (mistake !== undefined) refuse(mistake);
      const change = changeOf(format, value.value);
      if (change !== undefined) report({ message: change, part: value, isRefused: false });
      break;
    }
    case "negation":
      if (value.operator === "-" && value.of.kind === "literal" && typeof value.of.value === "number") {
        checkFormat(format, { ...value.of, value: -value.of.value }, given, report);
      } else checkGiven(format, value, given, report);
      break;
    default:
      checkGiven(format, value, given, report);
  }
}

function checkGiven(format: Format, value: Syntax, given: FormatOfValue, report: ReportValue): void {
  const from = given(value);
  const mistake = from && conversionMistake(from, format);
  if (from === undefined || mistake === undefined) return;
  const isItem = format.kind === "list" && conversionMistake(from, format.of) === undefined;
  const message = `${nameOf(value) ?? "the value"} ${mistake}${isItem ? "; write [ ] around it" : ""}`;
  report({ message, part: value, isRefused: true });
}

/** Whether Alloy takes a value for a format, as far as that is known before it runs. */
function takes(format: Format, value: Syntax, given: FormatOfValue): boolean {
  const mistakes: ValueMistake[] = [];
  checkFormat(format, value, given, (mistake) => mistakes.push(mistake));
  return mistakes.every(({ isRefused }) => !isRefused);
}

/** What to write where a receiver of one kind stands for one of another. */
const between = new Map([
  ["otelcol.Consumer prometheus.MetricsReceiver", "; write an otelcol.receiver.prometheus between them"],
  ["otelcol.Consumer loki.LogsReceiver", "; write an otelcol.receiver.loki between them"],
  ["prometheus.MetricsReceiver otelcol.Consumer", "; write an otelcol.exporter.prometheus between them"],
  ["loki.LogsReceiver otelcol.Consumer", "; write an otelcol.exporter.loki between them"],
]);

/** What keeps Alloy from taking a value of one format for another, if anything does. */
function conversionMistake(from: Format, to: Format): string | undefined {
  if (from.kind === "any" || to.kind === "any") return undefined;
  const [given, taken] = [typeName(from), typeName(to)];
  if ((from.kind === "list" && to.kind === "list") || (from.kind === "map" && to.kind === "map")) {
    const mistake = conversionMistake(from.of, to.of);
    return mistake && `holds what ${mistake}`;
  }
  if (from.kind === "secret" && (taken === "string" || taken === "number")) {
    return `is a secret, which can't become a ${taken}; write convert.nonsensitive(...) around it if it may be shown`;
  }
  if (to.kind === "duration" && given === "number") return "is a number, no duration; write its unit too";
  const isTaken =
    given === taken ||
    (taken === "string" && (given === "number" || from.kind === "optional_secret")) ||
    (taken === "number" && (given === "string" || from.kind === "optional_secret")) ||
    (taken === "secret" && given === "string");
  if (isTaken) return undefined;
  return to.kind === "capsule"
    ? `is no ${taken}${between.get(`${given} ${taken}`) ?? ""}`
    : `is a ${given}, no ${taken}`;
}

const map = "{ name = value }";
const without = "write it without [ ]";

function literalMistake(format: Format, value: string | number | boolean | null): string | undefined {
  // Alloy takes null for a type's zero value.
  if (value === null) return undefined;
  switch (format.kind) {
    case "any":
      return undefined;
    case "secret":
    case "optional_secret":
      // Whatever it is, it must not get into a log.
      return typeof value === "string"
        ? undefined
        : `a ${typeof value} is no secret; write it in double quotes`;
    case "string":
      return typeof value === "boolean" ? `${value} is no string; write "${value}"` : undefined;
    case "bool":
      return typeof value === "boolean" ? undefined : `${shown(value)} is no bool; write true or false`;
    case "float":
      return isNumber(value) ? undefined : `${shown(value)} is no number`;
    case "list":
      return `${shown(value)} is no list; write [${format.of.kind === "map" ? map : shown(value)}]`;
    case "map":
      return `${shown(value)} is no map; write ${map}`;
    case "duration":
      return value === 0 || (typeof value === "string" && isGoDuration(value))
        ? undefined
        : `${shown(value)} is no duration; write one such as "30s"`;
    case "size":
      return isText(value, size) ? undefined : `${shown(value)} is no size; write one such as "512MiB"`;
    case "regexp": {
      const mistake = typeof value === "boolean" ? "is no regexp" : format.mistakeIn(String(value));
      return mistake && `${shown(value)} ${mistake}`;
    }
    case "integer":
      return isNumber(value) ? undefined : noWholeNumber(value, format);
    case "words": {
      if (typeof value === "string" && format.words.includes(value)) return undefined;
      const near = nearest(String(value), format.words);
      const known = format.words.map((word) => JSON.stringify(word)).join(", ");
      return `${shown(value)} is not known; write ${near === undefined ? `one of ${known}` : JSON.stringify(near)}`;
    }
    case "capsule":
      return `${shown(value)} is no ${format.capsule}`;
  }
}

/**
 * Says of a number that Alloy silently takes for another one: it cuts fractions off, and of one that is too large it makes any
 * number.
 */
function changeOf(format: Format, value: string | number | boolean | null): string | undefined {
  if (format.kind !== "integer" || value === null || !isNumber(value)) return undefined;
  const number = Number(value);
  const isKept = Number.isInteger(number) && number >= format.least && number <= format.most;
  return isKept ? undefined : noWholeNumber(value, format);
}

function noWholeNumber(
  value: string | number | boolean,
  { least, most }: Extract<Format, { readonly kind: "integer" }>,
): string {
  return `${shown(value)} is no whole number from ${least} to ${most}`;
}

const literalSecret = "a secret is never a literal: take it from sys.env, a file or a component";

function shown(value: string | number | boolean | null): string {
  return JSON.stringify(value);
}

/** Alloy reads the number that a string holds. */
function isNumber(value: string | number | boolean | null): boolean {
  return typeof value === "number" || isText(value, /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/);
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}
