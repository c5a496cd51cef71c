import type { Signal } from "../../lib/alloy";
import { className, propertyName } from "../../lib/alloy/names";
import type { AttributeSchema, BlockSchema, BodySchema, Schema } from "./schema";
import { argumentType, union } from "./types";

/** The go type of the block in which OpenTelemetry components name their consumers. */
const consumerArguments = "component/otelcol.ConsumerArguments";

/** A body as an interface and a definition; one for all places of the same shape. */
export interface Body {
  readonly interfaceName: string;
  /** The name of the constant that holds the definition. */
  readonly constant: string;
  /** The namespaces that use the body, and with them the files. */
  readonly namespaces: Set<string>;
  readonly members: readonly MemberSource[];
  /** The definition's attributes, as `body(...)` takes them. */
  readonly attributes: string;
  /** The definition's blocks by Alloy name, as source text. */
  readonly blocks: ReadonlyMap<string, string>;
  /** The bodies of the blocks. */
  readonly uses: ReadonlySet<Body>;
}

/** A property of an interface. */
export interface MemberSource {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  defaultValue: string | undefined;
}

/** All bodies of the schema, each shape once. */
export class Bodies {
  readonly all: Body[] = [];
  private readonly byShape = new Map<string, Body>();
  private readonly versions = new Map<string, number>();

  constructor(private readonly schema: Schema) {}

  /** The body of a component (`props` names its interface) or a block, with all bodies inside it. */
  add(schema: BodySchema, namespace: string, signals: readonly Signal[] = [], props?: string): Body {
    const shape = JSON.stringify([schema.go, props, withoutDefaults(schema)]);
    const known = this.byShape.get(shape);
    if (known !== undefined) {
      this.use(known, namespace);
      keepCommonDefaults(known, schema);
      return known;
    }
    const interfaceName = props ?? this.nameOf(schema.go);
    const uses = new Set<Body>();
    const blocks = new Map<string, string>();
    const members = schema.attributes.map(attributeMember);
    const body: Body = {
      interfaceName,
      constant: interfaceName.charAt(0).toLowerCase() + interfaceName.slice(1),
      namespaces: new Set([namespace]),
      members,
      attributes: schema.attributes.map(attributeDefinition).join(" "),
      blocks,
      uses,
    };
    // Known before its blocks are: a body may contain itself.
    this.byShape.set(shape, body);
    for (const group of groups(schema.blocks)) {
      const member = this.addBlocks(group, namespace, signals, uses);
      members.push(member.source);
      blocks.set(member.alloyName, member.definition);
    }
    this.all.push(body);
    return body;
  }

  private addBlocks(
    group: readonly BlockSchema[],
    namespace: string,
    signals: readonly Signal[],
    uses: Set<Body>,
  ) {
    const [block] = group;
    if (block === undefined) throw new Error("a group of blocks is never empty");
    const alloyName = block.enum ?? block.name;
    const member = (type: string, definition: string) => {
      const optional = group.every((one) => one.optional);
      return {
        alloyName,
        definition,
        source: { name: propertyName(alloyName), optional, type, defaultValue: undefined },
      };
    };
    if (this.bodyOf(block).go === consumerArguments) return member(`Output<${union(signals)}>`, "outputBody");
    const bodies = group.map((one) => this.add(this.bodyOf(one), namespace));
    for (const body of bodies) uses.add(body);
    if (block.enum === undefined) {
      const [body] = bodies;
      if (body === undefined) throw new Error("a group of blocks is never empty");
      const { interfaceName, constant } = body;
      if (this.bodyOf(block).label === true)
        return member(`StringMap<${interfaceName}>`, `labelled(${constant})`);
      if (block.repeated === true) return member(`readonly ${interfaceName}[]`, `many(${constant})`);
      return member(interfaceName, constant);
    }
    const keys = group.map((one) => one.name.slice(alloyName.length + 1));
    const types = bodies.map(
      (body, index) => `{ readonly ${propertyName(keys[index] ?? "")}: ${body.interfaceName} }`,
    );
    const constants = bodies.map((body, index) => `${keys[index]}: ${body.constant}`);
    return member(`readonly (${types.join(" | ")})[]`, `choice({ ${constants.join(", ")} })`);
  }

  private bodyOf(block: BlockSchema): BodySchema {
    if ("$ref" in block.body) {
      const named = this.schema.types[block.body.$ref];
      if (named === undefined) throw new Error(`no type ${block.body.$ref}`);
      return named;
    }
    if ("config" in block.body) throw new Error(`${block.name} holds a config: it is no plain block`);
    return block.body;
  }

  private use(body: Body, namespace: string): void {
    if (body.namespaces.has(namespace)) return;
    body.namespaces.add(namespace);
    for (const inner of body.uses) this.use(inner, namespace);
  }

  private nameOf(go: string): string {
    const name = className(go.replace(/^component\//, "").replace(/[^A-Za-z0-9]+/g, "_"));
    const version = (this.versions.get(name) ?? 0) + 1;
    this.versions.set(name, version);
    return version === 1 ? name : `${name}${version}`;
  }
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

function attributeMember(attribute: AttributeSchema): MemberSource {
  return {
    name: propertyName(attribute.name),
    optional: attribute.optional,
    type: argumentType(attribute.type, signalsOf(attribute.name)),
    defaultValue: defaultOf(attribute),
  };
}

/** An attribute named after a signal takes consumers of that signal; `write_to` of `tracing` takes traces. */
function signalsOf(name: string): readonly Signal[] {
  if (name === "metrics" || name === "logs") return [name];
  return ["traces"];
}

function attributeDefinition({ name, optional, type }: AttributeSchema): string {
  const format = formatOf(type);
  return `${name}${optional ? "" : "!"}${format === undefined ? "" : `:${format}`}`;
}

function formatOf(type: AttributeSchema["type"]): string | undefined {
  switch (type.k) {
    case "duration":
      return "duration";
    case "number":
      return type.num === "float" ? undefined : type.num === "int" ? "integer" : "count";
    case "string":
      if (type.go === "component/common/relabel.Regexp") return "regexp";
      return type.go === "github.com/alecthomas/units.Base2Bytes" ? "size" : undefined;
    case "list":
    case "map":
      return formatOf(type.of);
    default:
      return undefined;
  }
}

function defaultOf({ optional, default: value }: AttributeSchema): string | undefined {
  return optional && value !== undefined ? JSON.stringify(value) : undefined;
}

/** Where places of one shape differ in a default, the interface names none. */
function keepCommonDefaults(body: Body, schema: BodySchema): void {
  schema.attributes.forEach((attribute, index) => {
    const member = body.members[index];
    if (member !== undefined && member.defaultValue !== defaultOf(attribute)) member.defaultValue = undefined;
  });
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
