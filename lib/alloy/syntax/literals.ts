import type { Syntax } from "./tree";

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

// What Go's strconv.Quote leaves as it is: letters, marks, numbers, punctuation, symbols and the space. YAML
// prints all of these too, so a ConfigMap keeps the config as a block. No escape can hold half of a surrogate pair:
// it stays for the checks to find.
const toEscape = /["\\]|[^ \p{L}\p{M}\p{N}\p{P}\p{S}\p{Cs}]/gu;
const unprintable = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/u;

/** Most texts: they stand between quotes as they are. */
const plain = /^[ !#-[\]-~]*$/;

/** A string literal in double quotes, escaped as Go, Alloy and OTTL read it. */
export function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${text.replace(toEscape, escapeCharacter)}"`;
}

/**
 * A string literal in its most readable form: between backticks, where nothing is escaped, if the text has
 * quotes or backslashes and a raw literal can hold it; else in double quotes.
 */
export function stringLiteral(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  const raw = /["\\]/.test(text) && !text.includes("`") && isPrintable(text);
  return raw ? `\`${text}\`` : quote(text);
}

/** Whether a text has only characters that can be seen, and blanks. */
export function isPrintable(text: string): boolean {
  return plain.test(text) || !unprintable.test(text);
}

function escapeCharacter(character: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${hex(codePoint, 2)}`;
  return codePoint < 0x1_0000 ? `\\u${hex(codePoint, 4)}` : `\\U${hex(codePoint, 8)}`;
}

function hex(codePoint: number, digits: number): string {
  return codePoint.toString(16).padStart(digits, "0");
}

const longEscapes: ReadonlyMap<string, string> = new Map([
  ...[...shortEscapes].map(([character, sequence]) => [sequence, character] as const),
  // Between single quotation marks, which PromQL has.
  ["\\'", "'"],
]);

/** A text in quotation marks as Go has it, at the start of another. Languages whose parsers are written in Go have it too. */
export const goString =
  /^"(?:[^"\\\n]|\\(?:[abfnrtv\\"]|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}))*"/;

/** The text that a string literal stands for, between quotation marks or backticks. What is no escape stays as it is. */
export function unquote(literal: string): string {
  const text = literal.slice(1, -1);
  if (literal.startsWith("`")) return text.includes("\r") ? text.replaceAll("\r", "") : text;
  if (!text.includes("\\")) return text;
  // Bytes above 0x7f are parts of UTF-8: they make a character together.
  return text.replace(
    /(?:\\(?:[0-7]{3}|x[\da-fA-F]{2}))+|\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/gs,
    (sequence) => {
      const short = longEscapes.get(sequence);
      if (short !== undefined) return short;
      if (/^\\[0-7x]./.test(sequence)) {
        return decoder.decode(Uint8Array.from(sequence.split("\\").slice(1), byte));
      }
      if (sequence.length === 2) return sequence;
      const codePoint = Number.parseInt(sequence.slice(2), 16);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : sequence;
    },
  );
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function byte(digits: string): number {
  return digits.startsWith("x") ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 8);
}

const halfOfPair = /\p{Surrogate}/u;

/** What keeps a value that a program made from a text: a literal or a key would come back as something else. */
export function unwritable(value: Syntax): string | undefined {
  if (value.kind === "literal") {
    if (typeof value.value === "string" && halfOfPair.test(value.value)) {
      return `${JSON.stringify(value.value)} is not valid Unicode`;
    }
    const isNumber = typeof value.value !== "number" || Number.isFinite(value.value);
    return isNumber ? undefined : `${value.value} is no Alloy number`;
  }
  if (value.kind !== "map") return undefined;
  const [key] = value.entries.find(([one]) => !isWritableKey(one)) ?? [];
  if (key === undefined) return undefined;
  return `${JSON.stringify(key)} can't be a key: Alloy reads no escapes in keys; write encoding.fromJson(...)`;
}

/** Alloy takes what stands between the quotes of a key as it is, and the quotes too if nothing does. */
function isWritableKey(key: string): boolean {
  return /^[^"\\]+$/.test(key) && isPrintable(key);
}
