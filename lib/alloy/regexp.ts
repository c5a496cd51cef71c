/** What was found of each pattern: a fleet's configs have the same ones, and compiling is slow. */
const found = new Map<string, string | undefined>();

/** Says what is wrong with a regexp in RE2's syntax, which is Alloy's, or nothing if it is right. */
export function regexpMistake(pattern: string): string | undefined {
  if (!found.has(pattern)) found.set(pattern, mistakeIn(pattern));
  return found.get(pattern);
}

function mistakeIn(pattern: string): string | undefined {
  // Loaded when the first regexp is checked: it takes longer than all of this folder.
  const { RE2JS }: typeof import("re2js") = require("re2js");
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(pattern)) return "has a lookaround, which RE2 doesn't have";
    return `is no RE2 regexp: ${error instanceof Error ? error.message : String(error)}`;
  }
}
