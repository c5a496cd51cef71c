/**
 * What is wrong with a regexp in the syntax of RE2, Go's and so Alloy's.
 *
 * @returns undefined when nothing is
 */
export function regexpMistake(pattern: string): string | undefined {
  // Loaded when the first regexp is checked: it takes longer than node's parser of YAML.
  const { RE2JS }: typeof import("re2js") = require("re2js");
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    if (/\(\?<?[=!]/.test(pattern)) {
      return "has a lookaround, which RE2 doesn't support; write it without (?=, (?!, (?<= and (?<!";
    }
    const reason =
      error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
    return `is no regexp of RE2: ${JSON.stringify(reason).slice(1, -1)}; write it in RE2's syntax`;
  }
}
