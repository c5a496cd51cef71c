import { propertyName, type Signal } from "../../lib/alloy";
import { attributeKeys, type Descriptions, typeWords, wordsOf } from "./descriptions";
import type { AttributeSchema, TypeSchema } from "./schema";
import { argumentType } from "./types";

/** A property of an interface. */
export interface MemberSource {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  /** What it is, and what its type doesn't tell. */
  facts: readonly string[];
  /** The section of the documentation. */
  readonly link: string | undefined;
  defaultValue: string | undefined;
}

/** The comment that editors show of a property. */
export function commentOf({
  facts,
  link,
  defaultValue,
}: Pick<MemberSource, "facts" | "link"> & { readonly defaultValue?: string | undefined }): string {
  const lines = [
    ...facts,
    // A default could hold what ends a comment.
    ...(defaultValue === undefined ? [] : [`@default ${defaultValue.replaceAll("*/", "*\\/")}`]),
    ...(link === undefined ? [] : [`@see ${link}`]),
  ];
  return `/** ${lines.join(" ")} */`;
}

/** The body that an attribute is of. */
export interface AttributePlace {
  readonly go: string;
  readonly link: string | undefined;
  readonly descriptions: Descriptions;
}

/** The property of an attribute. */
export function attributeMember(attribute: AttributeSchema, place: AttributePlace): MemberSource {
  const { name, optional, type } = attribute;
  const words = wordsOf(place.descriptions.attributes, attributeKeys(place.go, name));
  const facts = [...factsOf(type), ...unitFact(attribute, words === undefined ? [] : [words])];
  return {
    name: propertyName(name),
    optional,
    type: argumentType(type, signalsOf(name)),
    facts:
      words === undefined && facts.length === 0
        ? [typeWords(type)]
        : [...(words === undefined ? [] : [words]), ...facts],
    link: place.link,
    defaultValue: shownDefault(attribute),
  };
}

/** The default as an editor shows it. Neither Alloy's sources nor its documentation name one of all that may be left out. */
export function shownDefault(attribute: AttributeSchema): string | undefined {
  return attribute.optional ? (defaultOf(attribute) ?? "- not set") : undefined;
}

/** What a number counts, if its documentation says so and what is told already doesn't. */
export function unitFact({ unit }: AttributeSchema, told: readonly string[]): readonly string[] {
  if (unit === undefined || told.some((fact) => fact.toLowerCase().split(/\W+/).includes(unit))) return [];
  return [`In ${unit}.`];
}

/** An attribute as `body(...)` takes it. */
export function attributeDefinition({ name, optional, type }: AttributeSchema): string {
  const format = formatOf(type);
  return `${name}${optional ? "" : "!"}${format === "any" ? "" : `:${format}`}`;
}

/** The default, as the bindings tell it. */
export function defaultOf({ optional, type, default: value }: AttributeSchema): string | undefined {
  if (!optional || value === undefined) return undefined;
  return type.k === "number" && typeof value === "string" ? value : JSON.stringify(value);
}

/** An attribute named after a signal takes consumers of that signal; `write_to` of `tracing` takes traces. */
function signalsOf(name: string): readonly Signal[] {
  if (name === "metrics" || name === "logs") return [name];
  return ["traces"];
}

/** What a type takes or gives, as the bindings write it. */
export function formatOf(type: TypeSchema): string {
  switch (type.k) {
    case "duration":
    case "secret":
    case "optional_secret":
    case "bool":
      return type.k;
    case "target":
      return "{string}";
    case "capsule":
      return type.name;
    case "number":
      return type.num === "float" ? "float" : `${type.num}${type.bits}`;
    case "string":
      if (isRegexp(type)) return "regexp";
      if (type.enum !== undefined) return `(${type.enum.join("|")})`;
      return isSize(type) ? "size" : "string";
    case "list":
      return `[${formatOf(type.of)}]`;
    case "map":
      return `{${formatOf(type.of)}}`;
    case "any":
    case "object":
      return "any";
  }
}

/** What a type alone tells of an attribute. */
export function factsOf(type: TypeSchema): readonly string[] {
  switch (type.k) {
    case "number":
      if (type.num === "float") return [];
      return [type.num === "uint" ? "A whole number from 0 on." : "A whole number."];
    case "string":
      if (isRegexp(type)) return ["A regular expression of RE2."];
      return isSize(type) ? ["A size such as `512MiB`."] : [];
    case "duration":
      return ["A duration such as `30s`."];
    case "list":
    case "map":
      return factsOf(type.of);
    default:
      return [];
  }
}

export function isRegexp(type: TypeSchema & { readonly k: "string" }): boolean {
  return type.regexp === true || type.go === "component/common/relabel.Regexp";
}

export function isSize(type: TypeSchema & { readonly k: "string" }): boolean {
  return type.go === "github.com/alecthomas/units.Base2Bytes";
}
