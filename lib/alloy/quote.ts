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
// prints all of these too, so a ConfigMap keeps the config as a block.
const unprintable = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const toEscape = /["\\]|[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/gu;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * A string literal in double quotes, escaped as Go, Alloy and OTTL read it.
 *
 * @throws where the text is no valid Unicode (half of a surrogate pair): no literal can hold it.
 */
export function quote(text: string): string {
  if (loneSurrogate.test(text)) {
    throw new Error(`not valid Unicode text: ${JSON.stringify(text)}`);
  }
  return `"${text.replace(toEscape, escapeCharacter)}"`;
}

/**
 * A string literal in its most readable form: between backticks, where nothing is escaped, if the text has
 * quotes or backslashes and a raw literal can hold it; else in double quotes.
 */
export function stringLiteral(text: string): string {
  const raw = /["\\]/.test(text) && !text.includes("`") && !unprintable.test(text);
  return raw ? `\`${text}\`` : quote(text);
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
