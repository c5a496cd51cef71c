import { Document, type DocumentOptions, type ScalarTag, type SchemaOptions, type Tags } from "yaml";
import { Remembered } from "../schema";

/**
 * The text of an object, as those who read manifests read it: kubectl and Helm by `sigs.k8s.io/yaml`, which is Go's
 * YAML of version 2, Kustomize and Flux by its version 3. Neither is YAML 1.1 or 1.2 to the letter, so what one of
 * them takes for anything but a text stands in quotes. Every other text stands as a person would write it.
 *
 * Maps and lists are blocks, whatever is in them. How a text stands is left to the library.
 */
export function yamlOf(object: object): string {
  return `${mapText(object, "")}\n`;
}

/** @param indent that of the map's lines; the first has its own */
function mapText(map: object, indent: string): string {
  let text = "";
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const space = isBlock(value) ? `\n${indent}  ` : " ";
    text += `${text === "" ? "" : `\n${indent}`}${indented(keyText(key), indent)}${space}${textOf(value, indent)}`;
  }
  return text;
}

/** @param indent that of the line with the key or the dash before the value */
function textOf(value: unknown, indent: string): string {
  if (typeof value === "string") {
    if (plain.test(value)) return value;
    return isLiteral(value) ? literalText(value, `${indent}  `) : indented(printedValue(value), indent);
  }
  if (!isBlock(value)) return JSON.stringify(value);
  return indent === "" ? fieldText(value) : blockText(value, indent);
}

/** The texts of fields that many objects share. What is frozen is so in all its parts. */
const fieldTexts = new WeakMap<object, string>();

function fieldText(field: object): string {
  const known = fieldTexts.get(field);
  if (known !== undefined) return known;
  const text = blockText(field, "");
  if (Object.isFrozen(field)) fieldTexts.set(field, text);
  return text;
}

function blockText(value: object, indent: string): string {
  const inner = `${indent}  `;
  if (!Array.isArray(value)) return mapText(value, inner);
  return value.map((item) => `- ${textOf(item, inner)}`).join(`\n${inner}`);
}

function isBlock(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Blank lines stay without blanks. */
function indented(text: string, indent: string): string {
  return text.includes("\n") ? text.replace(/\n(?!\n|$)/g, `\n${indent}`) : text;
}

/** Whether the library would print a text as a block with nothing but `|` before it. */
function isLiteral(text: string): boolean {
  return /^[!-~]/.test(text) && text.endsWith("\n") && !/[^\t\n -~]|[\t\n ]\n$/.test(text);
}

/** @param indent that of all lines but blank ones */
function literalText(text: string, indent: string): string {
  return `|\n${indent}${text.slice(0, -1).replace(/\n+/g, `$&${indent}`)}`;
}

/** How many texts are remembered, and of how many characters: objects and environments share most of theirs. */
const remembered = { most: 10_000, longest: 1_000 };

/** Prints each text once, as long as it is remembered. @param print costs some hundred times what finding its result costs */
function once(print: (text: string) => string): (text: string) => string {
  const known = new Remembered<string>(remembered.most);
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const printed = print(text);
    if (text.length > remembered.longest) return printed;
    known.set(text, printed);
    return printed;
  };
}

/** What Go's YAML doesn't take inside of a text, or takes for the end of a line. A text of several lines has some. */
const escaped = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;

const misreadByGo = new RegExp(
  [
    // Those of \p{Cc} but tab and line feed, named: with a lookahead it takes four times as long.
    "[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\p{Cs}\\u2028\\u2029\\ufeff\\ufffe\\uffff]",
    // Go finds the indentation of a text by its first line that is not blank, and takes no tab for a blank.
    "^[\\n ]*(?:\\t|$)",
    // A number to Go alone: octal as in 0o17, and with _ between any digits.
    "^[-+]?(?:0[oO][0-7_]+|0[bB][01_]+|0[xX][\\da-fA-F_]+|(?:\\.[\\d_]+|[\\d_]+\\.?[\\d_]*)(?:[eE][-+]?[\\d_]+)?)$",
    // A key of this name merges what stands behind it.
    "^<<$",
  ].join("|"),
  "u",
);

/** A text on one line, in quotes. Its `test` lets it stand before the tag of merge keys, which has one. */
const quotedText: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  test: misreadByGo,
  identify: (value) => typeof value === "string" && misreadByGo.test(value),
  resolve: (text) => text,
  stringify: ({ value }) => JSON.stringify(value).replace(escaped, escapeCharacter),
};

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const options = {
  version: "1.1",
  customTags: (tags: Tags): Tags => [quotedText, ...tags],
} satisfies DocumentOptions & SchemaOptions;

/** A list of one text, by which a value is printed. */
const values = new Document([""], options);

/**
 * Most texts on one line: they begin with a letter and have a blank, or more letters than any word of YAML, so that they
 * are no number and no word.
 */
const plain = /^[A-Za-z](?!.*(?:: | #))(?=[!-~]{5}|[!-~]* )[ -~]*[!-9;-~]$/;

const printedValue = once((text) => {
  values.set(0, text);
  return values.toString({ lineWidth: 0 }).slice("- ".length, -"\n".length);
});

/** With its colon. The library has another form for keys that are very long. */
const keyText = once((key) =>
  plain.test(key) && key.length < 1_000
    ? `${key}:`
    : new Document({ [key]: 0 }, options).toString({ lineWidth: 0 }).slice(0, -" 0\n".length),
);
