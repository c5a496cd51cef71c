import { RE2JS } from "re2js";
import { languageOf } from "./regular-expression";
import { allOf, isEmpty, type Language, others, whole, within } from "./regular-language";

/**
 * The values that a label may have: any, one of some, or those that rules let through. What is not known is any. Each may
 * be missing too, as an empty text.
 */
export type Values =
  | { readonly kind: "any" }
  | { readonly kind: "of"; readonly texts: readonly string[] }
  | { readonly kind: "rules"; readonly rules: readonly ValueRule[] };

/** A regular expression of RE2, which a value matches as a whole or somewhere, or doesn't. */
export interface ValueRule {
  readonly regexp: string;
  readonly where: "whole" | "within";
  readonly is: boolean;
  /** What a value is, in words. @default - what it is like */
  readonly words?: string;
}

/** What nothing is known of. */
export const anyValue: Values = { kind: "any" };

/** One of some texts. */
export function oneOf(...texts: readonly string[]): Values {
  return { kind: "of", texts: [...new Set(texts)] };
}

/** What rules let through; any, where there is none. */
export function ruled(...rules: readonly ValueRule[]): Values {
  return rules.length === 0 ? anyValue : { kind: "rules", rules };
}

/** The names that Kubernetes takes for a node. */
export const nodeName = ruled({ regexp: "[a-z0-9.-]+", where: "whole", is: true });

/** The values that one of two has; any where rules say what one of them is, as rules are not put together. */
export function either(one: Values, other: Values): Values {
  return one.kind === "of" && other.kind === "of" ? oneOf(...one.texts, ...other.texts) : anyValue;
}

/** What a query asks of a label, as PromQL and LogQL write it. */
export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** Regular expressions that were compiled before; undefined those that are none. */
const compiled = new Map<string, RE2JS | undefined>();

/** A regular expression of RE2; undefined where it is none. */
export function regexp(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) {
    try {
      compiled.set(pattern, RE2JS.compile(pattern, RE2JS.DOTALL));
    } catch {
      compiled.set(pattern, undefined);
    }
  }
  return compiled.get(pattern);
}

/** Whether a value meets what is asked. What can't be read is met. */
export function meets(text: string, { operator, value }: Omit<Matcher, "label">): boolean {
  switch (operator) {
    case "=":
      return text === value;
    case "!=":
      return text !== value;
    case "=~":
      return regexp(value)?.matches(text) ?? true;
    case "!~":
      return !(regexp(value)?.matches(text) ?? false);
  }
}

/** Whether some of the values meet what is asked; true where that isn't known. */
export function canMeet(values: Values, matcher: Omit<Matcher, "label">): boolean {
  if (values.kind === "of") return values.texts.some((text) => meets(text, matcher));
  if (values.kind === "any" || matcher.operator.startsWith("!")) return true;
  if (matcher.operator === "=") return values.rules.every((rule) => follows(matcher.value, rule));
  const key = JSON.stringify([values.rules, matcher.value]);
  const known = answered.get(key);
  if (known !== undefined) return known;
  const asked = languageOf(matcher.value);
  const rules = values.rules.map(languageOfRule);
  const isUnread = asked === undefined || rules.includes(undefined);
  const answer = isUnread || isEmpty(allOf(whole(asked), ...rules.flatMap((rule) => rule ?? []))) !== true;
  answered.set(key, answer);
  return answer;
}

/** Answers that were found before: rules and dashboards ask the same again and again. */
const answered = new Map<string, boolean>();

function follows(text: string, { regexp: pattern, where, is }: ValueRule): boolean {
  const expression = regexp(pattern);
  if (expression === undefined) return true;
  return (where === "whole" ? expression.matches(text) : expression.matcher(text).find()) === is;
}

function languageOfRule({ regexp: pattern, where, is }: ValueRule): Language | undefined {
  const expression = languageOf(pattern);
  if (expression === undefined) return undefined;
  const language = where === "whole" ? whole(expression) : within(expression);
  return is ? language : others(language);
}
