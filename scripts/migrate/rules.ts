import { formatKey, type SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { entriesOf, isList, isMap, leftOutMessage, type Value } from "./value";

/** What becomes of a value of today's. */
export type Rule = (value: Value, key: SettingKey, draft: Draft) => void;

/** Rules by their keys, such as `alloy.resources`; one of a section is of all that is in it. */
export type Rules = Readonly<Record<string, Rule>>;

/** Says why a value, and all that is in it, is not written. */
export function leftOut(why: string): Rule {
  return (value, key, draft) => draft.tell(value, key, leftOutMessage(value, why));
}

/** Has each value go by its rule. @param otherwise for those that have none */
export function apply(
  values: Value | undefined,
  rules: Rules,
  otherwise: Rule,
  draft: Draft,
  key: SettingKey = [],
): void {
  for (const [name, value] of entriesOf(values)) {
    const at = [...key, name];
    const text = formatKey(at);
    const rule = Object.hasOwn(rules, text) ? rules[text] : undefined;
    if (rule !== undefined) {
      rule(value, at, draft);
    } else if (isMap(value.content) && value.content.size > 0) {
      draft.noteSection(at, value);
      apply(value, rules, otherwise, draft, at);
    } else {
      otherwise(value, at, draft);
    }
  }
}

/** Whether nothing is said: nothing stands behind the key, or an empty text, map or list. */
export function isUnset({ content }: Value): boolean {
  return (
    content === null ||
    content === "" ||
    (isMap(content) && content.size === 0) ||
    (isList(content) && content.length === 0)
  );
}

/** Says that a value is as if it weren't there, where it is. @returns whether it is */
export function passOver(value: Value, key: SettingKey, draft: Draft): boolean {
  if (isUnset(value)) draft.tell(value, key, "is left out: nothing is written there");
  return isUnset(value);
}
