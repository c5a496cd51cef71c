import {
  type BlockSyntax,
  type BodySyntax,
  isIdentifier,
  type Operator,
  operators,
  type Syntax,
} from "./syntax";

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

/** A list of plain values stands on one line up to this many characters. */
const listWidth = 100;

/** Prints a config in the form that `alloy fmt` leaves as it is. Ends with a newline unless it is empty. */
export function printBlocks(blocks: readonly BlockSyntax[]): string {
  return blocks.map((block) => `${printBlock(block, "")}\n`).join("\n");
}

/** Prints a value as it stands at the start of a line of a config. */
export function printValue(value: Syntax): string {
  return printAt(value, "");
}

function printBlock(block: BlockSyntax, indent: string): string {
  const label = block.label === undefined ? "" : ` ${quote(block.label)}`;
  const content = printBody(block.body, `${indent}\t`);
  return `${indent}${block.name}${label} {${content === "" ? " }" : `\n${content}${indent}}`}`;
}

function printBody(body: BodySyntax, indent: string): string {
  const attributes = alignNames(
    body.attributes.map(({ name, value }) => [name, printAt(value, indent)]),
    (name, value) => `${indent}${name} = ${value}\n`,
  );
  const blocks = body.blocks.map((block) => `${printBlock(block, indent)}\n`);
  return [...(attributes === "" ? [] : [attributes]), ...blocks].join("\n");
}

/** Pads names so that the equal signs of a run stand in one column. A value of several lines ends its run. */
function alignNames(
  entries: readonly (readonly [name: string, value: string])[],
  line: (name: string, value: string) => string,
): string {
  let text = "";
  let run: (readonly [name: string, value: string])[] = [];
  const endRun = () => {
    const width = Math.max(...run.map(([name]) => widthOf(name)));
    for (const [name, value] of run) text += line(name + " ".repeat(width - widthOf(name)), value);
    run = [];
  };
  for (const entry of entries) {
    run.push(entry);
    if (entry[1].includes("\n")) endRun();
  }
  if (run.length > 0) endRun();
  return text;
}

/** In characters, as the formatter counts. */
function widthOf(name: string): number {
  return /^[ -~]*$/.test(name) ? name.length : [...name].length;
}

function printAt(value: Syntax, indent: string): string {
  switch (value.kind) {
    case "literal":
      return typeof value.value === "string" ? stringLiteral(value.value) : String(value.value);
    case "identifier":
      return value.name;
    case "export":
      return `${value.component.address}.${value.name}`;
    case "call":
      return `${value.function}(${value.args.map((arg) => printAt(arg, indent)).join(", ")})`;
    case "index":
      return `${printAt(value.of, indent)}[${printAt(value.key, indent)}]`;
    case "operation":
      return value.parts.map((part) => printPart(part, value.operator, indent)).join(` ${value.operator} `);
    case "list":
      return printList(value.items, indent);
    case "map":
      return printMap(value.entries, indent);
  }
}

/** What binds less than the operator around it stands in parentheses, and so does a comparison that is compared. */
function printPart(part: Syntax, around: Operator, indent: string): string {
  const text = printAt(part, indent);
  if (part.kind !== "operation") return text;
  const bindsLess = operators.indexOf(part.operator) < operators.indexOf(around);
  return bindsLess || (part.operator === "!=" && around === "!=") ? `(${text})` : text;
}

function printList(items: readonly Syntax[], indent: string): string {
  const inner = `${indent}\t`;
  const texts = items.map((item) => printAt(item, inner));
  const line = `[${texts.join(", ")}]`;
  if (!line.includes("\n") && line.length <= listWidth) return line;
  return `[\n${texts.map((text) => `${inner}${text},\n`).join("")}${indent}]`;
}

function printMap(entries: readonly (readonly [key: string, value: Syntax])[], indent: string): string {
  if (entries.length === 0) return "{}";
  const inner = `${indent}\t`;
  const lines = alignNames(
    entries.map(([key, value]) => [isIdentifier(key) ? key : quote(key), printAt(value, inner)]),
    (key, value) => `${inner}${key} = ${value},\n`,
  );
  return `{\n${lines}${indent}}`;
}
