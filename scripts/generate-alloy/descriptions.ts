import type { TypeSchema } from "./schema";

/**
 * What things are, in this project's own words. Each is looked up by its most exact name first. null: neither Alloy's
 * documentation nor its sources tell what it is, so that its type alone is told.
 */
export interface Descriptions {
  /** By name; of blocks that configure Alloy itself too. */
  readonly components: Readonly<Record<string, string>>;
  /** By the Go type of the body that it stands in and its name; by its name; by the Go type of its own body. */
  readonly blocks: Words;
  /** By the Go type of the body that it stands in and its name; by its name. */
  readonly attributes: Words;
}

type Words = Readonly<Record<string, string | null>>;

/** By what the words for an attribute are looked up. */
export function attributeKeys(go: string, name: string): readonly string[] {
  return [`${go}.${name}`, name];
}

/**
 * By what the words for a block are looked up.
 *
 * @param go the Go type of the body that it stands in
 * @param own the Go type of its own body; several blocks of one property have none
 */
export function blockKeys(go: string, name: string, own: string | undefined): readonly string[] {
  return [`${go}.${name}`, name, ...(own === undefined ? [] : [own])];
}

/** The words of the first key that there is. */
export function wordsOf(words: Words, keys: readonly string[]): string | undefined {
  const known = keys.find((key) => Object.hasOwn(words, key));
  return known === undefined ? undefined : (words[known] ?? undefined);
}

/** What a type takes, in words. */
export function typeWords(type: TypeSchema): string {
  switch (type.k) {
    case "bool":
      return "True or false.";
    case "number":
      return type.num === "float" ? "A number." : "A whole number.";
    case "list":
    case "map":
      return `A ${type.k} of ${severalOf(type.of)}.`;
    case "string":
      return type.enum === undefined ? "A text." : "One of these words.";
    case "target":
      return "The labels of a target.";
    case "duration":
      return "A duration such as `30s`.";
    case "secret":
      return "A secret.";
    case "optional_secret":
      return "A text, or a secret.";
    case "object":
      return "An object.";
    case "any":
      return "Any value.";
    case "capsule":
      return `A \`${type.name}\` that a component exports.`;
  }
}

function severalOf(type: TypeSchema): string {
  switch (type.k) {
    case "bool":
      return "true and false";
    case "number":
      return "numbers";
    case "list":
    case "map":
      return `${type.k}s of ${severalOf(type.of)}`;
    case "string":
    case "optional_secret":
      return "texts";
    case "capsule":
      return `\`${type.name}\` that components export`;
    case "any":
      return "any values";
    default:
      return `${type.k}s`;
  }
}
