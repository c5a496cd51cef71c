import { code } from "./markdown";

/** Components by their addresses, each once, for a cell of a table. */
export function sorted(components: readonly string[]): readonly string[] {
  return [...new Set(components)].sort().map(code);
}
