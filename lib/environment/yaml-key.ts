import { isScalar } from "yaml";

/** The key of a pair as text: undefined when it is a list, a map, an alias or nothing. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null || key.value === "") {
    return undefined;
  }
  return isMergeKey(key) ? "<<" : String(key.value);
}

/** Whether what stands after the key is merged into the map. In quotes `<<` is a key like any other. */
export function isMergeKey(key: unknown): boolean {
  // The parser's value for it, where merging is on.
  return isScalar(key) && typeof key.value === "symbol";
}
