import type { LocatedText } from "./located-text";

/** Stands for what a variable of Grafana is in the place of a name, or within a text in quotes. */
const unknownName = "grafana_variable";
const unknownText = "\ue000";
/** A time of which nothing is known. */
export const unknownTime = "987654321s";

/** `$name`, `${name:format}` or `[[name]]`, and what Helm puts in. */
const variable = /\$\{[A-Za-z_][^}]*\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]|\{\{[^}]*\}\}/g;

/** A query with names, texts and times in the place of variables: each is of the kind that its place takes. */
export function withoutVariables(query: LocatedText): LocatedText {
  const { text } = query;
  return query.replaced(variable, (_, offset) => {
    const before = text.slice(0, offset);
    if (isInQuotes(before)) return unknownText;
    return /(\[|:|\boffset\s+-?)\s*$/.test(before) ? unknownTime : unknownName;
  });
}

function isInQuotes(before: string): boolean {
  let quote = "";
  for (let index = 0; index < before.length; index++) {
    const character = before[index] ?? "";
    if (character === "\\" && quote !== "`" && quote !== "") index += 1;
    else if (quote === "" && /["'`]/.test(character)) quote = character;
    else if (character === quote) quote = "";
  }
  return quote !== "";
}

/** Whether a variable is a name, or a part of it. */
export function isUnknownName(name: string): boolean {
  return name.includes(unknownName);
}

/** Whether a variable is a part of a text. */
export function hasUnknown(text: string): boolean {
  return text.includes(unknownText);
}

/** A regular expression for the texts that a text may be. */
export function regexpOf(text: string, isRegexp: boolean): string {
  return text
    .split(unknownText)
    .map((part) => (isRegexp ? part : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")))
    .join(".*");
}

/** A text with a sign in the place of its variables, for people. */
export function withSign(text: string): string {
  return text.replaceAll(unknownText, "$…");
}
