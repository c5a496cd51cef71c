import type { TypeSchema } from "./schema";

/** What things are, in this project's own words. What is not here, is told by its type and its default alone. */
export interface Descriptions {
  /** By name; of blocks that configure Alloy itself too. */
  readonly components: Readonly<Record<string, string>>;
  /** By name, wherever the block stands. */
  readonly blocks: Readonly<Record<string, string>>;
  /**
   * By name, or by the Go type of the body and the name. null: the words for its name don't fit there.
   */
  readonly attributes: Readonly<Record<string, string | null>>;
}

/** The words for an attribute of a body of some Go type. */
export function attributeWords({ attributes }: Descriptions, go: string, name: string): string | undefined {
  const own = attributes[`${go}.${name}`];
  return own === undefined ? (attributes[name] ?? undefined) : (own ?? undefined);
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
