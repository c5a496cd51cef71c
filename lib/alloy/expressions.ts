import { syntaxOf } from "./resolve";
import { Expression, type Given, type Secret, type StringArg } from "./schema/types";
import { string } from "./standard-library";
import { parse } from "./syntax/parser";
import { mapParts, withoutPlaces } from "./syntax/tree";

/** Strings one after the other. With a secret among them, all is a secret. */
export function concatStrings(...parts: readonly StringArg[]): Expression<string>;
export function concatStrings(
  ...parts: readonly (StringArg | Expression<Secret | string>)[]
): Expression<Secret>;
export function concatStrings(...parts: readonly unknown[]): Expression<unknown> {
  return new Expression({ kind: "operation", operator: "+", parts: parts.map(syntaxOf) });
}

/** Whether two values differ. */
export function differ<T>(one: Given<T>, other: Given<T>): Expression<boolean> {
  return new Expression({ kind: "operation", operator: "!=", parts: [syntaxOf(one), syntaxOf(other)] });
}

/** Whether all conditions hold. */
export function all(...conditions: readonly Expression<boolean>[]): Expression<boolean> {
  return new Expression({ kind: "operation", operator: "&&", parts: conditions.map(syntaxOf) });
}

/** One of two values. Alloy has no conditional: they are entries of a map, and both are computed. */
export function choose<T>(
  condition: Expression<boolean>,
  whenTrue: Given<T>,
  whenFalse: Given<T>,
): Expression<T> {
  return new Expression({
    kind: "index",
    of: syntaxOf({ true: whenTrue, false: whenFalse }),
    key: string.format("%t", condition).syntax,
  });
}

/** A literal where Alloy takes a secret although this one is none, such as the value of a header. */
export function notSecret(text: string): Expression<string> {
  return concatStrings(text);
}

/** A string where a number is taken: Alloy reads the number that it holds, and fails if it holds none. */
export function numberIn(text: Expression<string>): Expression<number> {
  return new Expression(text.syntax);
}

/** What may be a secret where a string is taken: Alloy takes it if it is none. */
export function textIn(text: Expression<Secret | string>): Expression<string> {
  return new Expression(text.syntax);
}

/** A map's value under a key. */
export function entry<M extends object, K extends string & keyof M>(
  map: Expression<M>,
  key: K | Expression<K>,
): Expression<M[K]> {
  return new Expression({ kind: "index", of: map.syntax, key: syntaxOf(key) });
}

/** A list's item, from 0 on. */
export function item<T>(list: Expression<readonly T[]>, position: number): Expression<T> {
  return new Expression({ kind: "index", of: list.syntax, key: syntaxOf(position) });
}

/**
 * Any expression of Alloy's language, for what no function here says: operators, parts of parts, `module_path`. What is put
 * in stands there as a value. `T` is the caller's word for its type.
 *
 * ```ts
 * alloy<number>`${constants.arch} == "arm64"`
 * ```
 *
 * @throws SyntaxError where the text is no expression.
 */
export function alloy<T>(parts: TemplateStringsArray, ...values: readonly unknown[]): Expression<T> {
  const names = new Map(values.map((value, index) => [`value_put_in_${index}`, syntaxOf(value)]));
  const text = parts.raw.reduce((all, part, index) => `${all}value_put_in_${index - 1}${part}`);
  const { body, mistakes } = parse(`value = ${text}`);
  const [attribute, other] = body.attributes;
  const mistake = mistakes[0]?.message ?? (other && "there is more than one value");
  if (mistake !== undefined || attribute === undefined) {
    throw new SyntaxError(`${parts.raw.join("...")}: ${mistake}`);
  }
  const own = withoutPlaces(attribute.value);
  return new Expression(
    mapParts(own, (part) => (part.kind === "identifier" && names.get(part.name)) || part),
  );
}
