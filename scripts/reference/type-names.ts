import { isRegexp, isSize } from "../generate-alloy/attributes";
import type { TypeSchema } from "../generate-alloy/schema";
import { valueType } from "../generate-alloy/types";

/** What the reference calls a type; docs/reference/types.md says what each is. */
export function typeName(type: TypeSchema): string {
  switch (type.k) {
    case "bool":
    case "duration":
    case "secret":
    case "any":
    case "object":
      return type.k;
    case "optional_secret":
      return "string or secret";
    case "number":
      return type.num === "float" ? "number" : type.num;
    case "string":
      if (isRegexp(type)) return "regexp";
      return isSize(type) ? "size" : "string";
    case "target":
      return "map(string)";
    case "list":
      return `list(${typeName(type.of)})`;
    case "map":
      return `map(${typeName(type.of)})`;
    case "capsule":
      return type.name === "otelcol.Consumer" ? "Consumer" : valueType(type, []);
  }
}

/** The words that a string is one of, if it is not any. */
export function wordsOf(type: TypeSchema): readonly string[] {
  if (type.k === "list" || type.k === "map") return wordsOf(type.of);
  return type.k === "string" ? (type.enum ?? []) : [];
}
