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
  | { readonly kind: "concatenation"; readonly parts: readonly Syntax[] };

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
  for (const part of partsOf(value)) walkValue(part, visit);
}

/** Calls `visit` on every value of a body and of the blocks inside it. */
export function walkBody(body: BodySyntax, visit: (value: Syntax) => void): void {
  for (const attribute of body.attributes) walkValue(attribute.value, visit);
  for (const block of body.blocks) walkBody(block.body, visit);
}

function partsOf(value: Syntax): readonly Syntax[] {
  switch (value.kind) {
    case "list":
      return value.items;
    case "map":
      return value.entries.map(([, entry]) => entry);
    case "call":
      return value.args;
    case "index":
      return [value.of, value.key];
    case "concatenation":
      return value.parts;
    default:
      return [];
  }
}
