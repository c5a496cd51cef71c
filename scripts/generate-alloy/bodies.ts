import { className, propertyName, type Signal } from "../../lib/alloy";
import {
  attributeDefinition,
  attributeMember,
  commentOf,
  type MemberSource,
  shownDefault,
  unitFact,
} from "./attributes";
import { Choices, constantOf, type Declared } from "./choices";
import { attributeKeys, blockKeys, type Descriptions, wordsOf } from "./descriptions";
import type { AttributeSchema, BlockSchema, BodySchema, Schema } from "./schema";
import { union } from "./types";

/** The go type of the block in which OpenTelemetry components name their consumers. */
export const consumerArguments = "component/otelcol.ConsumerArguments";

/** A body as an interface and a definition; one for all places of the same shape. */
export interface Body extends Declared {
  readonly members: readonly MemberSource[];
  /** The definition's attributes, as `body(...)` takes them. */
  readonly attributes: string;
  /** The definition's blocks by Alloy name, as source text. */
  readonly blocks: ReadonlyMap<string, string>;
  /** The names of its blocks, or of its component. */
  readonly names: Set<string>;
  /** The names of all attributes and blocks in it. */
  readonly memberNames: ReadonlySet<string>;
}

/** Where a body stands. */
export interface BodyPlace {
  /** The file of the component. */
  readonly namespace: string;
  /** The component's page in the documentation. */
  readonly page: string | undefined;
  /** The component. */
  readonly component: string;
  /** The name of the component, or of the block. @default - an object's, which has none */
  readonly name?: string | undefined;
  /** The section that describes what it stands in: the nearest, where it has none of its own. @default - none */
  readonly section?: string | undefined;
}

/** All bodies of the schema, each shape once. */
export class Bodies {
  readonly all: Body[] = [];
  readonly choices = new Choices((path) => this.nameOf(path));
  private readonly byShape = new Map<string, Body>();
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly types: Schema["types"],
    private readonly descriptions: Descriptions,
  ) {}

  /** The body of a component (`props` names its interface) or a block, with all bodies inside it. */
  add(schema: BodySchema, place: BodyPlace, signals: readonly Signal[] = [], props?: string): Body {
    const { namespace, name } = place;
    const shape = JSON.stringify([schema.go, props, withoutDefaults(schema)]);
    const known = this.byShape.get(shape);
    if (known !== undefined) {
      this.use(known, namespace);
      if (name !== undefined) known.names.add(name);
      tellOfAll(known, schema);
      return known;
    }
    const interfaceName = props ?? this.nameOf(schema.go.replace(/^component\//, ""));
    const uses = new Set<Declared>();
    const blocks = new Map<string, string>();
    const [objects, plain] = partition(schema.attributes, (attribute) => objectIn(attribute) !== undefined);
    const { go } = schema;
    const link = linkOf(place, props === undefined ? schema.anchor : "arguments");
    const of = { go, link, descriptions: this.descriptions };
    const inside = { ...place, section: link };
    const members = plain.map((attribute) => attributeMember(attribute, of));
    const body: Body = {
      interfaceName,
      constant: constantOf(interfaceName),
      namespaces: new Set([namespace]),
      members,
      attributes: plain.map(attributeDefinition).join(" "),
      blocks,
      uses,
      names: new Set(name === undefined ? [] : [name]),
      memberNames: new Set([...schema.attributes, ...schema.blocks].map((member) => member.name)),
    };
    // Known before its blocks are: a body may contain itself.
    this.byShape.set(shape, body);
    const added = [
      ...objects.map((attribute) => this.addObjects(attribute, go, inside, uses)),
      ...groups(schema.blocks).map((group) => this.addBlocks(group, go, inside, signals, uses)),
    ];
    for (const { source, name, definition } of added) {
      members.push(source);
      blocks.set(source.optional ? name : `${name}!`, definition);
    }
    this.all.push(body);
    return body;
  }

  private addObjects(attribute: AttributeSchema, go: string, place: BodyPlace, uses: Set<Declared>) {
    const object = objectIn(attribute);
    if (object === undefined) throw new Error(`${attribute.name} is no object`);
    const body = this.add(
      { attributes: object.fields, blocks: [], go: object.go },
      { ...place, name: undefined },
    );
    uses.add(body);
    const isList = attribute.type.k === "list";
    const type = isList ? `ListOf<${body.interfaceName}, unknown>` : body.interfaceName;
    const known = wordsOf(this.descriptions.attributes, attributeKeys(go, attribute.name));
    const words = known ?? (isList ? "A list of objects." : "An object.");
    const source = { ...attribute, type, facts: [words], link: place.section };
    return addedMember(source, `fields(${body.constant})`);
  }

  private addBlocks(
    group: readonly BlockSchema[],
    go: string,
    place: BodyPlace,
    signals: readonly Signal[],
    uses: Set<Declared>,
  ) {
    const [block] = group;
    if (block === undefined) throw new Error("a group of blocks is never empty");
    const name = block.enum ?? block.name;
    const saying =
      block.enum === undefined
        ? this.blockSaying(block, go, place)
        : {
            facts: [wordsOf(this.descriptions.blocks, blockKeys(go, name, undefined)) ?? "Blocks."],
            link: linkOf(place, "blocks"),
          };
    const source = { name, optional: group.every((one) => one.optional), ...saying };
    const member = (type: string, definition: string) => addedMember({ ...source, type }, definition);
    if (this.bodyOf(block).go === consumerArguments) return member(`Output<${union(signals)}>`, "outputBody");
    if (block.enum !== undefined) {
      const options = group.map((one) => ({
        key: one.name.slice(name.length + 1),
        comment: commentOf(this.blockSaying(one, go, place)),
        body: this.add(this.bodyOf(one), { ...place, name: one.name }),
      }));
      const choice = this.choices.add(`${place.component}.${name}`, options, place.namespace);
      this.use(choice, place.namespace);
      uses.add(choice);
      return member(`readonly ${choice.interfaceName}[]`, choice.constant);
    }
    const body = this.add(this.bodyOf(block), { ...place, name: block.name });
    uses.add(body);
    const { interfaceName, constant } = body;
    if (this.bodyOf(block).label === true) {
      return member(`StringMap<${interfaceName}>`, `labelled(${constant})`);
    }
    if (block.repeated === true) return member(`readonly ${interfaceName}[]`, `many(${constant})`);
    return member(interfaceName, constant);
  }

  /** What a block is, and where that is documented. @param go the Go type of the body that it stands in */
  blockSaying(block: BlockSchema, go: string, place: BodyPlace) {
    const { anchor, go: own } = this.bodyOf(block);
    const words = wordsOf(this.descriptions.blocks, blockKeys(go, block.name, own));
    return {
      facts: [words ?? (block.repeated === true ? "Blocks." : "A block.")],
      link: linkOf(place, anchor),
    };
  }

  /** What a block holds. */
  bodyOf(block: BlockSchema): BodySchema {
    if ("$ref" in block.body) {
      const named = this.types[block.body.$ref];
      if (named === undefined) throw new Error(`no type ${block.body.$ref}`);
      return named;
    }
    if ("config" in block.body) throw new Error(`${block.name} holds a config: it is no plain block`);
    return block.body;
  }

  private use({ namespaces, uses }: Declared, namespace: string): void {
    if (namespaces.has(namespace)) return;
    namespaces.add(namespace);
    for (const inner of uses) this.use(inner, namespace);
  }

  private nameOf(path: string): string {
    const name = className(path.replace(/[^A-Za-z0-9]+/g, "_"));
    const version = (this.versions.get(name) ?? 0) + 1;
    this.versions.set(name, version);
    return version === 1 ? name : `${name}${version}`;
  }
}

function addedMember(source: Omit<MemberSource, "defaultValue">, definition: string) {
  const { name, optional, type, facts, link } = source;
  const member: MemberSource = {
    name: propertyName(name),
    optional,
    type,
    facts,
    link,
    defaultValue: undefined,
  };
  return { name, definition, source: member };
}

/** A section of the component's page, or else the one around. */
export function linkOf({ page, section }: BodyPlace, anchor: string | undefined): string | undefined {
  return page === undefined || anchor === undefined ? section : `${page}#${anchor}`;
}

/** Blocks of one enum together, every other alone; in the order of the schema. */
function groups(blocks: readonly BlockSchema[]): readonly (readonly BlockSchema[])[] {
  const byName = new Map<string, BlockSchema[]>();
  for (const block of blocks) {
    const name = block.enum ?? block.name;
    byName.set(name, [...(byName.get(name) ?? []), block]);
  }
  return [...byName.values()];
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** The object that an attribute is, or lists. */
export function objectIn({ type }: AttributeSchema) {
  const inner = type.k === "list" ? type.of : type;
  return inner.k === "object" ? inner : undefined;
}

/**
 * Has an interface say what holds in one more place of its shape. Where defaults differ, it says so. A unit that the
 * documentation tells of one place is that of all: they are one field of Go.
 */
function tellOfAll(body: Body, schema: BodySchema): void {
  for (const attribute of schema.attributes) {
    const member = body.members.find(({ name }) => name === propertyName(attribute.name));
    if (member === undefined) continue;
    if (member.defaultValue !== shownDefault(attribute)) member.defaultValue = "- depends on the component";
    member.facts = [...member.facts, ...unitFact(attribute, member.facts)];
  }
}

function withoutDefaults(schema: BodySchema): unknown {
  return [
    schema.label,
    schema.attributes.map(({ name, optional, type }) => [name, optional, type]),
    schema.blocks.map(({ name, optional, repeated, enum: of, body }) => [
      name,
      optional,
      repeated,
      of,
      "attributes" in body ? withoutDefaults(body) : body,
      "go" in body ? body.go : undefined,
    ]),
  ];
}
