import { Expression } from "./schema/types";
import { parse } from "./syntax/parser";
import { print } from "./syntax/printer";
import type { Comments, MadeComments } from "./syntax/tree";

/** The comments on objects: blocks, components, lists and maps. */
const said = new WeakMap<object, MadeComments>();

type Lines = string | readonly string[];

/**
 * Puts comments into the config's text. Each function gives back what it is given, with the comment, to stand in its place: an
 * argument, a block, an item of a list, or a component.
 *
 * ```ts
 * const archive = comment.above(
 *   "Kept for a year.",
 *   new LokiWrite(config, "archive", { endpoint: [{ url: comment.beside("through the proxy", "http://proxy") }] }),
 * );
 * ```
 *
 * A line is the comment's text; an empty one is an empty line. What begins with `//` or is a whole comment of the other kind
 * stands as it is.
 */
export const comment = {
  /** On lines of their own before it. */
  above,
  /** At the end of its last line. */
  beside,
  /** On lines of their own after it. */
  below,
};

function above<T>(lines: Lines, value: T): T;
function above(lines: Lines, value: unknown): unknown {
  return noted(value, (known) => ({ above: [...linesOf(lines), ...(known.above ?? [])] }));
}

function beside<T>(line: string, value: T): T;
function beside(line: string, value: unknown): unknown {
  return noted(value, () => ({ beside: line }));
}

function below<T>(lines: Lines, value: T): T;
function below(lines: Lines, value: unknown): unknown {
  return noted(value, (known) => ({ below: [...(known.below ?? []), ...linesOf(lines)] }));
}

function linesOf(lines: Lines): readonly string[] {
  return typeof lines === "string" ? [lines] : lines;
}

/** No comments yet. They bring the parser with them: to print a config without comments takes none. */
const none: MadeComments = { format: (text) => print(parse(text)) };

function noted(value: unknown, add: (known: Comments) => Comments): unknown {
  if (value instanceof Expression) {
    const { comments = none } = value.syntax;
    return new Expression({ ...value.syntax, comments: { ...comments, ...add(comments) } });
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return new Expression({ kind: "literal", value, comments: { ...none, ...add(none) } });
  }
  if (typeof value === "object" && value !== null) {
    const known = said.get(value) ?? none;
    said.set(value, { ...known, ...add(known) });
  }
  return value;
}

/** A part of a config's syntax with the comments on what it was made of. */
export function withComments<S extends object>(
  of: object,
  syntax: S,
): S & { readonly comments?: MadeComments } {
  const comments = said.get(of);
  return comments === undefined ? syntax : { ...syntax, comments };
}
