/** What was found of each pattern: a fleet's configs have the same ones, and compiling is slow. */
const found = new Map<string, string | undefined>();

/**
 * What JavaScript and RE2 read alike: literal characters, classes of them, groups and alternatives, no more than one
 * quantifier after another thing.
 */
const plain =
  /^(?:[\w ^$.()|/:;,-](?:[*+?](?![*+?]))?|\\[dDwWsS.](?:[*+?](?![*+?]))?|\[\^?(?:[A-Za-z0-9_.;]|a-z|A-Z|0-9)+\](?:[*+?](?![*+?]))?){0,500}$/;

/** Says what is wrong with a regexp in RE2's syntax, which is Alloy's, or nothing if it is right. */
export function regexpMistake(pattern: string): string | undefined {
  if (!found.has(pattern)) found.set(pattern, mistakeIn(pattern));
  return found.get(pattern);
}

function mistakeIn(pattern: string): string | undefined {
  // Most patterns are plain, and what can tell of all others takes longer to load than all of this folder.
  if (plain.test(pattern) && isRegExp(pattern)) return undefined;
  const { RE2JS }: typeof import("re2js") = require("re2js");
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(pattern)) return "has a lookaround, which RE2 doesn't have";
    return `is no RE2 regexp: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
