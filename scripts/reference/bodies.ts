import { className, propertyName, type Signal } from "../../lib/alloy";
import { attributeMember, type MemberSource } from "../generate-alloy/attributes";
import { configBlocksNamespace, namespaceOf, pageOf } from "../generate-alloy/bindings";
import {
  Bodies,
  type Body,
  type BodyPlace,
  consumerArguments,
  linkOf,
  objectIn,
} from "../generate-alloy/bodies";
import type { Descriptions } from "../generate-alloy/descriptions";
import type {
  AttributeSchema,
  BlockSchema,
  BodySchema,
  ComponentSchema,
  ConfigBlockSchema,
  Schema,
} from "../generate-alloy/schema";

/** What has a class of its own: a component, or a block that configures Alloy itself. */
export type Described = ComponentSchema | PlainBlock;
export type PlainBlock = ConfigBlockSchema & { readonly args: BodySchema };

/** A body at a place. */
export interface PlacedBody {
  readonly schema: BodySchema;
  /** Its interface in TypeScript. @default - that of the library, for outputs */
  readonly body: Body | undefined;
  /** The section of Alloy's documentation. */
  readonly link: string | undefined;
  readonly attributes: readonly PlacedAttribute[];
  /** The blocks inside, and the attributes that are objects. */
  readonly parts: readonly Part[];
}

export interface PlacedAttribute {
  readonly schema: AttributeSchema;
  readonly member: MemberSource;
}

/** A block, or an attribute that is an object or a list of objects. */
export interface Part {
  /** What Alloy calls it. */
  readonly name: string;
  /** How a program writes it, such as `stage: [{ cri }]`. */
  readonly property: string;
  readonly count: "one" | "many" | "labelled" | "object" | "objects";
  readonly optional: boolean;
  readonly words: readonly string[];
  /** Made when it is asked for: a block may contain itself. */
  readonly content: () => PlacedBody;
}

/** The bodies of the schema with their places, named and described as the bindings do. */
export class PlacedBodies {
  private readonly bodies: Bodies;

  constructor(
    private readonly schema: Schema,
    private readonly descriptions: Descriptions,
  ) {
    this.bodies = new Bodies(schema.types, descriptions);
  }

  /** The arguments of a component. */
  of(described: Described): PlacedBody {
    const { name, args } = described;
    const emits = "emits" in described ? (described.emits ?? []) : [];
    const place = { namespace: fileOf(described), page: pageOf(described, this.schema), component: name };
    const body = this.bodies.add(args, place, emits, `${className(name)}Props`);
    return this.placed(args, place, body, "arguments", emits);
  }

  private placed(
    schema: BodySchema,
    place: BodyPlace,
    body: Body,
    anchor: string | undefined,
    emits: readonly Signal[] = [],
  ): PlacedBody {
    const member = (name: string) => {
      const found = body.members.find((one) => one.name === propertyName(name));
      if (found === undefined) throw new Error(`${schema.go} has no ${name}`);
      return found;
    };
    const section = linkOf(place, anchor);
    const inside = { ...place, section };
    const objects = schema.attributes.filter((one) => objectIn(one) !== undefined);
    return {
      schema,
      body,
      link: section,
      attributes: schema.attributes
        .filter((one) => !objects.includes(one))
        .map((one) => ({ schema: one, member: member(one.name) })),
      parts: [
        ...objects.map((one) => this.objectPart(one, inside, member(one.name))),
        ...schema.blocks.map((one) => {
          const { name: property } = member(one.enum ?? one.name);
          return this.blockPart(one, schema.go, property, inside, emits);
        }),
      ],
    };
  }

  private objectPart(attribute: AttributeSchema, place: BodyPlace, { name, facts }: MemberSource): Part {
    const object = objectIn(attribute);
    if (object === undefined) throw new Error(`${attribute.name} is no object`);
    const schema: BodySchema = { attributes: object.fields, blocks: [], go: object.go };
    const own = { ...place, name: undefined };
    return {
      name: attribute.name,
      property: name,
      count: attribute.type.k === "list" ? "objects" : "object",
      optional: attribute.optional,
      words: facts,
      content: once(() => this.placed(schema, own, this.bodies.add(schema, own), schema.anchor)),
    };
  }

  /** @param go the Go type of the body that it stands in */
  private blockPart(
    block: BlockSchema,
    go: string,
    property: string,
    place: BodyPlace,
    emits: readonly Signal[],
  ): Part {
    const { name, enum: of, repeated } = block;
    const schema = this.bodies.bodyOf(block);
    const key = of === undefined ? "" : propertyName(name.slice(of.length + 1));
    const own = { ...place, name };
    return {
      name,
      property: of === undefined ? property : `${property}: [{ ${key} }]`,
      count: schema.label === true ? "labelled" : repeated === true || of !== undefined ? "many" : "one",
      optional: block.optional,
      words: this.bodies.blockSaying(block, go, place).facts,
      content: once(() =>
        schema.go === consumerArguments
          ? this.outputs(schema, own, emits)
          : this.placed(schema, own, this.bodies.add(schema, own), schema.anchor),
      ),
    };
  }

  /** Where a component sends the signals that it has. */
  private outputs(schema: BodySchema, place: BodyPlace, emits: readonly Signal[]): PlacedBody {
    const link = linkOf(place, schema.anchor);
    const of = { go: schema.go, link, descriptions: this.descriptions };
    const attributes = schema.attributes
      .filter(({ name }) => emits.some((signal) => signal === name))
      .map((one) => ({ schema: one, member: attributeMember(one, of) }));
    return { schema, body: undefined, link, attributes, parts: [] };
  }
}

/** What is made when it is asked for the first time. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The file of the class, without `.ts`. */
export function fileOf(described: Described): string {
  return "exports" in described ? namespaceOf(described) : configBlocksNamespace;
}
