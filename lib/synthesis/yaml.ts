import { type ScalarTag, stringify } from "yaml";

/**
 * The text of an object, as those who read manifests read it: kubectl and Helm by `sigs.k8s.io/yaml`, which is Go's
 * YAML of version 2, Kustomize and Flux by its version 3. Neither is YAML 1.1 or 1.2 to the letter, so what one of
 * them takes for anything but a text stands in quotes. Every other text stands as a person would write it.
 */
export function yamlOf(content: unknown): string {
  return stringify(content, {
    keepUndefined: true,
    lineWidth: 0,
    version: "1.1",
    customTags: (tags) => [quotedText, ...tags],
  });
}

/** What Go's YAML doesn't take inside of a text, or takes for the end of a line. A text of several lines has some. */
const escaped = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;

const misread = new RegExp(
  [
    `(?![\\t\\n])${escaped.source}`,
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
  test: misread,
  identify: (value) => typeof value === "string" && misread.test(value),
  resolve: (text) => text,
  stringify: ({ value }) => JSON.stringify(value).replace(escaped, escapeCharacter),
};

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
