import type { Component } from "./component";

const keywords: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Whether a text can stand as a name in an Alloy config: a label, an unquoted key of a map. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text);
}

/**
 * The TypeScript name of an Alloy argument or block: its words in camel case (`forward_to` is `forwardTo`,
 * `cloud.account.id` is `cloudAccountId`).
 */
export function propertyName(alloyName: string): string {
  return alloyName.replace(/[._]+(.)/g, (_, first: string) => first.toUpperCase());
}

/** The Alloy name that a TypeScript name stands for, where a program makes it up (`forwardTo` is `forward_to`). */
export function alloyName(propertyName: string): string {
  return propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The TypeScript class of an Alloy component (`prometheus.exporter.unix` is `PrometheusExporterUnix`). */
export function className(alloyName: string): string {
  return propertyName(`_${alloyName}`);
}

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
  readonly label?: string | undefined;
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
