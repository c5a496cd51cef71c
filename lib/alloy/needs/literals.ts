import type { Place } from "../syntax/source";
import { attributeIn, type BlockSyntax, type BodySyntax, type Syntax } from "../syntax/tree";

/** What a literal of a config is. */
export type Literal = string | number | boolean | null;

/** The strings of an attribute, where all of them are known before Alloy runs and there are any. */
export function literals(body: BodySyntax, name: string): readonly string[] | undefined {
  const value = attributeIn(body, name);
  const items = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
  const known = items.flatMap((item) => textOf(item) ?? []);
  return known.length === items.length && known.length > 0 ? known : undefined;
}

export function isTrue(body: BodySyntax | undefined, name: string): boolean {
  return body !== undefined && literal(body, name) === true;
}

/** The literal that an attribute is. */
export function literal(body: BodySyntax, name: string): Literal | undefined {
  const value = attributeIn(body, name);
  return value?.kind === "literal" ? value.value : undefined;
}

export function blockIn(body: BodySyntax, name: string): BodySyntax | undefined {
  return blocksIn(body, name)[0]?.body;
}

export function blocksIn(body: BodySyntax, name: string): readonly BlockSyntax[] {
  return body.blocks.filter((block) => block.name === name);
}

/** The text that a value is. */
export function textOf(value: Syntax | undefined): string | undefined {
  return value?.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
}

/** A value of a body, and the way to it, such as `endpoint.url`. */
export interface Found {
  readonly path: string;
  readonly value: Syntax;
  readonly at?: Place | undefined;
}

/** The attributes of a body and of the blocks in it that have certain names. */
export function attributesNamed(body: BodySyntax, names: RegExp, path = ""): readonly Found[] {
  return [
    ...body.attributes
      .filter(({ name }) => names.test(name))
      .map(({ name, value, at }) => ({ path: path + name, value, at: value.at ?? at })),
    ...body.blocks.flatMap((block) => attributesNamed(block.body, names, `${path}${block.name}.`)),
  ];
}
