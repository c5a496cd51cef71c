import type { Syntax } from "./tree";

declare const type: unique symbol;

/**
 * A value that Alloy computes when it runs: an export of a component, a call of the standard library.
 *
 * `T` is the value's Alloy type. It stands in the type alone, so that the compiler takes an expression only
 * where a value of its type is taken.
 */
export class Expression<T> {
  declare readonly [type]?: T;

  constructor(readonly syntax: Syntax) {}

  /** @throws always: a value that is known only when Alloy runs can't be part of a TypeScript string. */
  toString(): string {
    throw new Error("an expression has no text before Alloy runs: join strings with concatStrings(...)");
  }
}
