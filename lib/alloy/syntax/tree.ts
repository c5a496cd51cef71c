import type { Place } from "./source";

const keywords: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Whether a text can stand as a name in an Alloy config: a label, an unquoted key of a map. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text);
}

/** Says that a text is no identifier, and what one is. */
export function notIdentifier(text: string): string {
  return `${JSON.stringify(text)} is no identifier: write letters, digits and _, no digit first`;
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

/** What may have come from a text. */
export interface Placed {
  /** Where it stands. @default - in no text: a program made it */
  readonly at?: Place;
  /** What a program says of it. What was a text has its comments beside the tree. */
  readonly comments?: MadeComments;
}

/** Comments on a part of a config: their texts, with or without slashes. */
export interface Comments {
  readonly above?: readonly string[];
  readonly beside?: string;
  readonly below?: readonly string[];
}

/** Comments that a program made. */
export interface MadeComments extends Comments {
  /** Formats a text that has them: where comments stand among columns, only who reads the text knows. */
  readonly format: (text: string) => string;
}

/** The syntax tree of a value of the Alloy configuration language. */
export type Syntax = Placed &
  (
    | { readonly kind: "literal"; readonly value: string | number | boolean | null }
    | { readonly kind: "list"; readonly items: readonly Syntax[] }
    | { readonly kind: "map"; readonly entries: readonly EntrySyntax[] }
    | { readonly kind: "identifier"; readonly name: string }
    | { readonly kind: "export"; readonly component: Addressed; readonly name: string }
    | { readonly kind: "access"; readonly of: Syntax; readonly name: string }
    | { readonly kind: "call"; readonly function: Syntax; readonly args: readonly Syntax[] }
    | { readonly kind: "index"; readonly of: Syntax; readonly key: Syntax }
    | { readonly kind: "negation"; readonly operator: "!" | "-"; readonly of: Syntax }
    | { readonly kind: "operation"; readonly operator: Operator; readonly parts: readonly Syntax[] }
    | { readonly kind: "parentheses"; readonly of: Syntax }
    | { readonly kind: "mistake"; readonly message: string }
  );

/** `key = value` of a map, and where the key stands. */
export type EntrySyntax = readonly [key: string, value: Syntax, at?: Place];

/** What an export is of: a construct. */
export interface Addressed {
  /** Such as `prometheus.scrape.pods`. */
  readonly address: string;
  readonly node: { readonly path: string };
}

/** What stands between values, from what binds the least. `+` joins strings too. `^` binds to the right. */
export const operators = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
  ["^"],
] as const;

/** What stands between two values. */
export type Operator = (typeof operators)[number][number];

const bindings: ReadonlyMap<string, number> = new Map(
  operators.flatMap((level, index) => level.map((operator) => [operator, index + 1])),
);

/** How much an operator binds: the more, the higher. 0 is none. */
export function binding(operator: string): number {
  return bindings.get(operator) ?? 0;
}

/** Whether a text is an operator. */
export function isOperator(text: string): text is Operator {
  return bindings.has(text);
}

/** The content of a component or a block. */
export interface BodySyntax extends Placed {
  readonly attributes: readonly AttributeSyntax[];
  readonly blocks: readonly BlockSyntax[];
}

/** `name = value` */
export interface AttributeSyntax extends Placed {
  readonly name: string;
  readonly value: Syntax;
}

/** `name "label" { ... }` */
export interface BlockSyntax extends Placed {
  readonly name: string;
  readonly label?: string | undefined;
  readonly body: BodySyntax;
}

/** A comment with its slashes: up to the end of the line, or from one mark to the other. */
export interface Comment {
  readonly text: string;
  readonly at: Place;
}

/** The name that a value is, such as `sys.env`, if it is one. */
export function nameOf(value: Syntax): string | undefined {
  if (value.kind === "identifier") return value.name;
  if (value.kind === "export") return `${value.component.address}.${value.name}`;
  if (value.kind !== "access") return undefined;
  const of = nameOf(value.of);
  return of && `${of}.${value.name}`;
}

/** What stands in a body, in the order of its text; of what a program made, attributes come first. */
export function statementsOf(body: BodySyntax): readonly (AttributeSyntax | BlockSyntax)[] {
  const { attributes, blocks } = body;
  if (body.at === undefined || attributes.length === 0 || blocks.length === 0) {
    return [...attributes, ...blocks];
  }
  return [...attributes, ...blocks].sort((one, other) => (one.at?.start ?? 0) - (other.at?.start ?? 0));
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
      walkValue(value.function, visit);
      for (const arg of value.args) walkValue(arg, visit);
      break;
    case "access":
    case "negation":
    case "parentheses":
      walkValue(value.of, visit);
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

/** A value of which each part is changed, after those inside it. */
export function mapParts(value: Syntax, change: (part: Syntax) => Syntax): Syntax {
  const map = (part: Syntax) => mapParts(part, change);
  switch (value.kind) {
    case "list":
      return change({ ...value, items: value.items.map(map) });
    case "map":
      return change({
        ...value,
        entries: value.entries.map(([key, entry, at]) => entryOf(key, map(entry), at)),
      });
    case "call":
      return change({ ...value, function: map(value.function), args: value.args.map(map) });
    case "access":
    case "negation":
    case "parentheses":
      return change({ ...value, of: map(value.of) });
    case "index":
      return change({ ...value, of: map(value.of), key: map(value.key) });
    case "operation":
      return change({ ...value, parts: value.parts.map(map) });
    default:
      return change(value);
  }
}

function entryOf(key: string, value: Syntax, at: Place | undefined): EntrySyntax {
  return at === undefined ? [key, value] : [key, value, at];
}

/** A value as if a program had made it. A number keeps its spelling where JavaScript has another. */
export function withoutPlaces(value: Syntax): Syntax {
  return mapParts(value, (part) => {
    const { at, ...bare } = part;
    if (bare.kind === "map") return { ...bare, entries: bare.entries.map(([key, entry]) => [key, entry]) };
    const isOwn =
      bare.kind === "literal" && typeof bare.value === "number" && String(bare.value) !== at?.text;
    return isOwn ? part : bare;
  });
}

/** Calls `visit` on every value of a body and of the blocks inside it. */
export function walkBody(body: BodySyntax, visit: (value: Syntax) => void): void {
  for (const attribute of body.attributes) walkValue(attribute.value, visit);
  for (const block of body.blocks) walkBody(block.body, visit);
}

/** A block of a component's own, or of another block, by its name. */
export function blockIn(block: BlockSyntax | undefined, name: string): BlockSyntax | undefined {
  return block?.body.blocks.find((inner) => inner.name === name);
}

/** The blocks of a body that have a name. */
export function blocksIn(body: BodySyntax, name: string): readonly BlockSyntax[] {
  return body.blocks.filter((block) => block.name === name);
}

/** The value of an attribute; undefined where it is absent. */
export function attributeIn(body: BodySyntax, name: string): Syntax | undefined {
  return body.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The value of an argument; undefined where it is absent. */
export function argumentIn(block: BlockSyntax | undefined, name: string): Syntax | undefined {
  return block && attributeIn(block.body, name);
}

/** The value of an argument, where it is known before Alloy runs. */
export function literalIn(
  block: BlockSyntax | undefined,
  name: string,
): string | number | boolean | null | undefined {
  return literalOf(argumentIn(block, name));
}

/** What a literal is. */
export type Literal = string | number | boolean | null;

/** The literal that a value is; undefined for any other, which only a running Alloy knows. */
export function literalOf(value: Syntax | undefined): Literal | undefined {
  return value?.kind === "literal" ? value.value : undefined;
}

/** The text that a value is; undefined for any other. */
export function textOf(value: Syntax | undefined): string | undefined {
  const literal = literalOf(value);
  return typeof literal === "string" ? literal : undefined;
}
