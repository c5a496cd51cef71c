import { exportOf } from "./component";
import { isGoDuration, regexpMistake } from "./languages";
import { nearest } from "./nearest";
import { isPrintable } from "./syntax/literals";
import { type Syntax, walkValue } from "./syntax/tree";
import { type CapsuleName, isCapsuleName } from "./types";

const halfOfPair = /\p{Surrogate}/u;

/** Reports what no text of a config can say: a literal or a key that would come back as something else. */
export function checkWritable(value: Syntax, report: (message: string) => void): void {
  walkValue(value, (part) => {
    if (part.kind === "literal") {
      if (typeof part.value === "string" && halfOfPair.test(part.value)) {
        report(`${JSON.stringify(part.value)} is not valid Unicode`);
      }
      if (typeof part.value === "number" && !Number.isFinite(part.value)) {
        report(`${part.value} is no Alloy number`);
      }
    } else if (part.kind === "map") {
      for (const [key] of part.entries) {
        if (!isWritableKey(key)) {
          report(
            `${JSON.stringify(key)} can't be a key: Alloy reads no escapes in keys; write encoding.fromJson(...)`,
          );
        }
      }
    }
  });
}

/** Alloy takes what stands between the quotes of a key as it is, and the quotes too if nothing does. */
function isWritableKey(key: string): boolean {
  return /^[^"\\]+$/.test(key) && isPrintable(key);
}

/** What is known of an attribute beyond its TypeScript type: what Alloy refuses although it compiles. */
export type Format =
  | { readonly kind: "any" | "duration" | "size" | "regexp" | "secret" }
  | { readonly kind: "integer"; readonly least: number; readonly most: number }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "capsule"; readonly capsule: CapsuleName };

/** The formats that a name is enough for. Alloy's 64-bit numbers reach as far as JavaScript's are exact. */
const named: ReadonlyMap<string, Format> = new Map<string, Format>([
  ["any", { kind: "any" }],
  ["duration", { kind: "duration" }],
  ["size", { kind: "size" }],
  ["regexp", { kind: "regexp" }],
  ["secret", { kind: "secret" }],
  ["int64", { kind: "integer", least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER }],
  ["int32", { kind: "integer", least: -(2 ** 31), most: 2 ** 31 - 1 }],
  ["uint64", { kind: "integer", least: 0, most: Number.MAX_SAFE_INTEGER }],
  ["uint32", { kind: "integer", least: 0, most: 2 ** 32 - 1 }],
  ["uint16", { kind: "integer", least: 0, most: 2 ** 16 - 1 }],
  ["uint8", { kind: "integer", least: 0, most: 2 ** 8 - 1 }],
]);

// github.com/alecthomas/units.ParseBase2Bytes: KiB and KB mean the same, but not both in one size.
const size = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i)?B)+|(?:(?:\d+\.?\d*|\.\d+)[KMGTPE]?B)+)$/;

/**
 * Reads a format as the bindings write it: a name, a capsule, or words as `(one|another)`.
 *
 * @throws where it is none of these.
 */
export function formatOf(text: string): Format {
  if (text.startsWith("(")) return { kind: "words", words: text.slice(1, -1).split("|") };
  if (isCapsuleName(text)) return { kind: "capsule", capsule: text };
  const format = named.get(text);
  if (format === undefined) throw new Error(`no format ${text}`);
  return format;
}

/** Reports what Alloy would refuse for a format. What a call gives is known to Alloy alone. */
export function checkFormat(format: Format, value: Syntax, report: (message: string) => void): void {
  switch (value.kind) {
    case "list":
      for (const item of value.items) checkFormat(format, item, report);
      break;
    case "map":
      for (const [, entry] of value.entries) checkFormat(format, entry, report);
      break;
    case "literal": {
      const mistake = literalMistake(format, value.value);
      if (mistake !== undefined) report(mistake);
      break;
    }
    case "export": {
      const kind = exportOf(value)?.kind;
      if (format.kind === "capsule" && kind !== format.capsule && kind !== "any") {
        report(`${value.component.address}.${value.name} is no ${format.capsule}`);
      }
      break;
    }
    default:
      break;
  }
}

function literalMistake(format: Format, value: string | number | boolean | null): string | undefined {
  switch (format.kind) {
    case "any":
      return undefined;
    case "duration":
      return typeof value === "string" && isGoDuration(value)
        ? undefined
        : `${shown(value)} is no duration; write one such as "30s"`;
    case "size":
      return isText(value, size) ? undefined : `${shown(value)} is no size; write one such as "512MiB"`;
    case "regexp": {
      const mistake = typeof value === "string" ? regexpMistake(value) : "is no regexp";
      return mistake && `${shown(value)} ${mistake}`;
    }
    case "integer":
      return Number.isInteger(value) && Number(value) >= format.least && Number(value) <= format.most
        ? undefined
        : `${shown(value)} is no whole number from ${format.least} to ${format.most}`;
    case "words": {
      if (typeof value === "string" && format.words.includes(value)) return undefined;
      const near = nearest(String(value), format.words);
      const known = format.words.map((word) => JSON.stringify(word)).join(", ");
      return `${shown(value)} is not known; write ${near === undefined ? `one of ${known}` : JSON.stringify(near)}`;
    }
    case "secret":
      // The secret itself must not get into a log.
      return "a secret is never a literal: take it from sys.env, a file or a component";
    case "capsule":
      return `${shown(value)} is no ${format.capsule}`;
  }
}

function shown(value: string | number | boolean | null): string {
  return JSON.stringify(value);
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}
