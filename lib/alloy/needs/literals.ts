import type { Place } from "../syntax/source";
import {
  attributeIn,
  type BodySyntax,
  blocksIn,
  type Literal,
  literalOf,
  type Syntax,
  textOf,
} from "../syntax/tree";

/** The strings of an attribute, where all of them are known before Alloy runs and there are any. */
export function literals(body: BodySyntax, name: string): readonly string[] | undefined {
  const value = attributeIn(body, name);
  const items = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
  const known = items.flatMap((item) => textOf(item) ?? []);
  return known.length === items.length && known.length > 0 ? known : undefined;
}

/** Whether an attribute is the literal `true`. */
export function isTrue(body: BodySyntax | undefined, name: string): boolean {
  return body !== undefined && literal(body, name) === true;
}

/** The literal that an attribute is; undefined where it is absent, or only a running Alloy knows it. */
export function literal(body: BodySyntax, name: string): Literal | undefined {
  return literalOf(attributeIn(body, name));
}

/** The body of a block of a name: of the first one, if there are several. */
export function bodyIn(body: BodySyntax, name: string): BodySyntax | undefined {
  return blocksIn(body, name)[0]?.body;
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
