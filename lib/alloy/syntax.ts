import type { Component } from "./component";

/** The syntax tree of a value of the Alloy configuration language. */
export type Syntax =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Syntax[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: string, value: Syntax])[] }
  | { readonly kind: "identifier"; readonly name: string }
  | { readonly kind: "export"; readonly component: Component; readonly name: string }
  | { readonly kind: "call"; readonly function: string; readonly args: readonly Syntax[] }
  | { readonly kind: "index"; readonly of: Syntax; readonly key: Syntax }
  | { readonly kind: "operation"; readonly operator: Operator; readonly parts: readonly Syntax[] };

/** What stands between values, from what binds the least. `+` joins strings. */
export const operators = ["&&", "!=", "+"] as const;

export type Operator = (typeof operators)[number];

/** The content of a component or a block: attributes first, then blocks. */
export interface BodySyntax {
  readonly attributes: readonly AttributeSyntax[];
  readonly blocks: readonly BlockSyntax[];
}

/** `name = value` */
export interface AttributeSyntax {
  readonly name: string;
  readonly value: Syntax;
}

/** `name "label" { ... }` */
export interface BlockSyntax {
  readonly name: string;
  readonly label?: string;
  readonly body: BodySyntax;
}

/** Calls `visit` on a value and on every value inside it. */
export function walkValue(value: Syntax, visit: (value: Syntax) => void): void {
  visit(value);
  switch (value.kind) {
    case "list":
      for (const item of value.items) walkValue(item, visit);
      break;
    case "map":
      for (const [, entry] of value.entries) walkValue(entry, visit);
      break;
    case "call":
      for (const arg of value.args) walkValue(arg, visit);
      break;
    case "index":
      walkValue(value.of, visit);
      walkValue(value.key, visit);
      break;
    case "operation":
      for (const part of value.parts) walkValue(part, visit);
      break;
    default:
      break;
  }
}

/** Calls `visit` on every value of a body and of the blocks inside it. */
export function walkBody(body: BodySyntax, visit: (value: Syntax) => void): void {
  for (const attribute of body.attributes) walkValue(attribute.value, visit);
  for (const block of body.blocks) walkBody(block.body, visit);
}
