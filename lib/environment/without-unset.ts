import { isRecord } from "./kind";

/**
 * A map without what is there but unset: keys with nothing after them, and the empty strings that values
 * files have for what isn't used.
 */
export function withoutUnset(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const set = Object.entries(map).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(set.map(([key, value]) => [key, inside(value)]));
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inside);
  }
  return isRecord(value) ? withoutUnset(value) : value;
}
