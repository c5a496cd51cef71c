import { propertyName, type Signal } from "../../lib/alloy";
import type { AttributeSchema, Schema, TypeSchema } from "./schema";
import { argumentType } from "./types";

/** A property of an interface. */
export interface MemberSource {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  /** What its type doesn't tell. */
  readonly facts: readonly string[];
  defaultValue: string | undefined;
}

/** The property of an attribute. */
export function attributeMember(attribute: AttributeSchema): MemberSource {
  return {
    name: propertyName(attribute.name),
    optional: attribute.optional,
    type: argumentType(attribute.type, signalsOf(attribute.name)),
    facts: factsOf(attribute.type),
    defaultValue: defaultOf(attribute),
  };
}

/** An attribute as `body(...)` takes it. */
export function attributeDefinition({ name, optional, type }: AttributeSchema): string {
  const format = formatOf(type);
  return `${name}${optional ? "" : "!"}${format === "any" ? "" : `:${format}`}`;
}

/** The words that an attribute takes, with none of them where Alloy takes that too. */
export function withEmptyWord(type: TypeSchema, enums: Schema["enums"]): TypeSchema {
  if (type.k === "list" || type.k === "map") return { ...type, of: withEmptyWord(type.of, enums) };
  if (type.k !== "string" || type.enum === undefined || type.go === undefined) return type;
  return enums[type.go]?.emptyAllowed === true ? { ...type, enum: ["", ...type.enum] } : type;
}

/**
 * The default: the effective one, or where that is unknown what the reference documentation says, if it is a value
 * of the attribute's type.
 */
export function defaultOf(attribute: AttributeSchema): string | undefined {
  if (!attribute.optional) return undefined;
  const { default: effective, type } = attribute;
  if (type.k === "number" && typeof effective === "string") return effective;
  if (effective !== undefined) return isMadeUp(effective) ? undefined : JSON.stringify(effective);
  const documented = valueIn(attribute.docDefault);
  return documented !== undefined && isOfType(documented, attribute.type)
    ? JSON.stringify(documented)
    : undefined;
}

/** Each agent makes itself an id: that of the one that the schema was read from is no default. */
function isMadeUp(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

function valueIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOfType(value: unknown, type: TypeSchema): boolean {
  switch (type.k) {
    case "string":
      if (typeof value !== "string" || type.enum?.includes(value) === false) return false;
      return !isSize(type) || /\d/.test(value);
    case "duration":
      return typeof value === "string" && /\d/.test(value);
    case "number":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value) && value.every((item) => isOfType(item, type.of));
    case "map":
      return typeof value === "object" && value !== null && Object.keys(value).length === 0;
    default:
      return false;
  }
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

function factsOf(type: TypeSchema): readonly string[] {
  switch (type.k) {
    case "number":
      if (type.num === "float") return [];
      return [type.num === "uint" ? "A whole number from 0 on." : "A whole number."];
    case "string":
      if (isRegexp(type)) return ["A regular expression of RE2."];
      return isSize(type) ? ["A size such as `512MiB`."] : [];
    case "list":
    case "map":
      return factsOf(type.of);
    default:
      return [];
  }
}

function isRegexp(type: TypeSchema & { readonly k: "string" }): boolean {
  return type.regexp === true || type.go === "component/common/relabel.Regexp";
}

function isSize(type: TypeSchema & { readonly k: "string" }): boolean {
  return type.go === "github.com/alecthomas/units.Base2Bytes";
}
