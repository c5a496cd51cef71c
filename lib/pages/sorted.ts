import { code } from "./markdown";

/** Components by their addresses, settings by their names, or words such as chart values, each once. */
export function sorted(components: readonly string[]): readonly string[] {
  return [...new Set(components)].sort().map((name) => (name.includes(" ") ? name : code(name)));
}
