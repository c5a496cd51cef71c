import { Expression } from "./expression";
import { syntaxOf } from "./resolve";
import type { Secret, StringArg } from "./types";

/** Strings one after the other. With a secret among them, all is a secret. */
export function concatStrings(...parts: readonly StringArg[]): Expression<string>;
export function concatStrings(
  ...parts: readonly (StringArg | Expression<Secret | string>)[]
): Expression<Secret>;
export function concatStrings(...parts: readonly unknown[]): Expression<unknown> {
  return new Expression({ kind: "concatenation", parts: parts.map(syntaxOf) });
}

/** A literal where Alloy takes a secret although this one is none, such as the value of a header. */
export function notSecret(text: string): Expression<string> {
  return concatStrings(text);
}

/** A string where a number is taken: Alloy reads the number that it holds, and fails if it holds none. */
export function numberIn(text: Expression<string>): Expression<number> {
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
