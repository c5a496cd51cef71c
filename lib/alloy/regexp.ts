import { RE2JS } from "re2js";

/** Says what is wrong with a regexp in RE2's syntax, which is Alloy's, or nothing if it is right. */
export function regexpMistake(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(pattern)) return "has a lookaround, which RE2 doesn't have";
    return `is no RE2 regexp: ${error instanceof Error ? error.message : String(error)}`;
  }
}
