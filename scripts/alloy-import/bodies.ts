import {
  type AttributeSyntax,
  type BlockDefinition,
  type BlockSyntax,
  type BodyDefinition,
  type BodySyntax,
  type EntrySyntax,
  propertyName,
  type Syntax,
} from "../../lib/alloy";
import type { ImportScope } from "./scope";
import { keyText, type Values } from "./values";

/** Writes bodies as the objects that the bindings take. */
export class Bodies {
  constructor(private readonly values: Values) {}

  /** The properties of a body, in the order of the text. */
  object(definition: BodyDefinition, body: BodySyntax, scope: ImportScope): string {
    const attributes = body.attributes.map((attribute) => this.attribute(definition, attribute, scope));
    return `{ ${[...attributes, ...this.blocks(definition, body.blocks, scope)].join(", ")} }`;
  }

  private attribute(
    definition: BodyDefinition,
    { name, value }: AttributeSyntax,
    scope: ImportScope,
  ): string {
    const [property, member] = memberOf(definition, name);
    if ("fields" in member) return `${property}: ${this.objects(member.fields, value, scope)}`;
    if (!("format" in member)) throw new Error(`${name} is no attribute`);
    return `${property}: ${this.values.attribute(value, member.format, scope)}`;
  }

  /** A value of objects with known fields. */
  private objects(fields: BodyDefinition, value: Syntax, scope: ImportScope): string {
    if (value.kind === "list") {
      const items = value.items.map((item) => this.objects(fields, item, scope));
      return this.values.withComments(value, `[${items.join(", ")}]`);
    }
    if (value.kind !== "map") return this.values.attribute(value, { kind: "any" }, scope);
    const attributes = value.entries.map(([name, entry]: EntrySyntax) => ({ name, value: entry }));
    return this.values.withComments(value, this.object(fields, { attributes, blocks: [] }, scope));
  }

  /** Blocks of one property are one list, or one object by their labels. */
  private blocks(
    definition: BodyDefinition,
    blocks: readonly BlockSyntax[],
    scope: ImportScope,
  ): readonly string[] {
    const byProperty = new Map<string, { readonly kind: string; readonly items: string[] }>();
    for (const block of blocks) {
      const { property, kind, key, inner } = blockMember(definition, block);
      const content = this.object(inner.body, block.body, scope);
      const own = key === undefined ? content : `{ ${key}: ${content} }`;
      const written = this.values.withComments(block, own);
      const known = byProperty.get(property) ?? { kind, items: [] };
      byProperty.set(property, known);
      known.items.push(kind === "labelled" ? `${keyText(block.label ?? "")}: ${written}` : written);
    }
    return [...byProperty].map(([property, { kind, items }]) => {
      const all = items.join(", ");
      return `${property}: ${kind === "labelled" ? `{ ${all} }` : kind === "one" ? all : `[${all}]`}`;
    });
  }
}

/** The property of a body that stands for an attribute or a block, and what it takes. */
function memberOf(definition: BodyDefinition, name: string) {
  for (const [property, member] of definition.members) {
    if (!("choices" in member) && member.name === name) return [property, member] as const;
  }
  throw new Error(`there is no ${name}`);
}

function blockMember(
  definition: BodyDefinition,
  { name }: BlockSyntax,
): {
  readonly property: string;
  readonly kind: string;
  readonly inner: BlockDefinition;
  /** Of a list of blocks of several names: which. */
  readonly key?: string;
} {
  for (const [property, member] of definition.members) {
    if ("choices" in member) {
      const found = [...member.choices].find(([, choice]) => choice.name === name);
      if (found !== undefined) return { property, kind: "choice", key: found[0], inner: found[1] };
    }
  }
  const [property, inner] = memberOf(definition, name);
  if (!("multiplicity" in inner)) throw new Error(`${propertyName(name)} is no block`);
  return { property, kind: inner.multiplicity, inner };
}
