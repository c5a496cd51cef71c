import type { TypeSchema } from "../generate-alloy/schema";

/** The value that the documentation has in its cell of an attribute; undefined where that is none of its type. */
export function documentedValue(cell: string | undefined, type: TypeSchema): unknown {
  const value = valueIn(cell, type);
  return value !== undefined && isOfType(value, type) ? value : undefined;
}

function valueIn(cell: string | undefined, type: TypeSchema): unknown {
  if (cell === undefined) return undefined;
  try {
    return JSON.parse(cell);
  } catch {
    // Some words stand there without quotes.
    return (type.k === "string" || type.k === "duration") && /^[\w.-]+$/.test(cell) ? cell : undefined;
  }
}

function isOfType(value: unknown, type: TypeSchema): boolean {
  switch (type.k) {
    case "string":
      if (typeof value !== "string" || type.enum?.includes(value) === false) return false;
      return type.go !== "github.com/alecthomas/units.Base2Bytes" || /\d/.test(value);
    case "duration":
      return typeof value === "string" && /\d/.test(value);
    case "number":
      return Number.isSafeInteger(value) || (typeof value === "number" && !Number.isInteger(value));
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
