import type { TypeSchema } from "../generate-alloy/schema";

/** The default in an attribute's cell of the documentation; undefined where that is no value of its type. */
export function documentedValue(cell: string | undefined, type: TypeSchema): unknown {
  const value = valueIn(cell, type);
  if (value === undefined || !isOfType(value, type)) return undefined;
  return type.k === "duration" && typeof value === "string" ? goDuration(value) : value;
}

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** A duration as Alloy's sources have it: `5m` is `5m0s`. One with parts of a second stays as it is. */
export function goDuration(text: string): string {
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  if (parts.map(([part]) => part).join("") !== text) return text;
  const all = parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (seconds[unit] ?? 0), 0);
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  const rest = `${all % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

function valueIn(cell: string | undefined, type: TypeSchema): unknown {
  if (cell === undefined) return undefined;
  try {
    return JSON.parse(cell);
  } catch {
    // The documentation has some words without quotes.
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
