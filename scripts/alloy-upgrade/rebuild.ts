import type {
  AttributeSchema,
  BlockSchema,
  BodyReference,
  BodySchema,
  ComponentSchema,
  ConfigBlockSchema,
  NestedConfigSchema,
  PinnedModule,
  Schema,
  TypeSchema,
} from "../generate-alloy/schema";
import type { Decisions, OpenQuestion } from "./decisions";
import { anchorFor, type Page } from "./docs";
import { type Place, Questions } from "./questions";
import type {
  Module,
  SourceAttribute,
  SourceBlock,
  SourceBody,
  SourceComponent,
  SourceType,
} from "./sources";
import type { VersionSources } from "./version-sources";

/** The schema of a version, and what has to be decided before it can be used. */
export interface Rebuilt {
  readonly schema: Schema;
  readonly open: readonly OpenQuestion[];
  /** Decisions on what the version doesn't have. */
  readonly unused: readonly string[];
}

/**
 * Puts a version's schema together from Alloy's sources, its documentation and what was decided.
 *
 * @param before the version that was read last: where its documentation says the same, nothing is asked again. @default -
 * only what has no answer is asked
 */
export function rebuild(sources: VersionSources, decisions: Decisions, before?: VersionSources): Rebuilt {
  const { alloy, syntax, source, pages } = sources;
  const questions = new Questions(decisions, pages, before?.pages);
  const rebuilding = new Rebuilding(pages, questions);
  const components = source.components.map((one) => rebuilding.component(one));
  const configBlocks = source.configBlocks.map((one) => rebuilding.configBlock(one));
  const schema: Schema = {
    alloy: pinned(alloy),
    syntax: pinned(syntax),
    components,
    configBlocks,
    types: Object.fromEntries(rebuilding.types),
    stdlib: source.stdlib,
  };
  return { schema, open: questions.open(), unused: questions.unused() };
}

function pinned({ version, sum }: Module): PinnedModule {
  return { version, sum };
}

/** The Go type of the block in which components name their consumers; some of OpenTelemetry's have one of their own. */
const consumerArguments = "component/otelcol.ConsumerArguments";

class Rebuilding {
  /** The bodies that contain themselves, by Go type. */
  readonly types = new Map<string, BodySchema>();

  constructor(
    private readonly pages: ReadonlyMap<string, Page>,
    private readonly questions: Questions,
  ) {}

  component(component: SourceComponent): ComponentSchema {
    const { name, stability, args, exports = [] } = component;
    if ("config" in args) throw new Error(`${name} holds components, and is none`);
    const isOtelcol = name.startsWith("otelcol.");
    const emits = args.blocks?.some(
      (block) =>
        block.name === "output" && (isOtelcol || ("go" in block.body && block.body.go === consumerArguments)),
    );
    return {
      name,
      stability,
      ...this.docPath(name),
      ...this.questions.signals(component, emits === true),
      exports: exports.map((one) => ({ name: one.name, type: exported(one.type) })),
      args: this.body(args, name, []),
    };
  }

  configBlock({ name, stability, label = "none", args }: SourceComponent): ConfigBlockSchema {
    if (stability === "community") throw new Error(`${name} is a block of Alloy itself`);
    const body = "config" in args ? args : this.body(args, name, []);
    return { name, stability, label, ...this.docPath(name), args: body };
  }

  private docPath(name: string) {
    const page = this.pages.get(name);
    return { docPath: page?.path };
  }

  private body(
    { go, label, attributes = [], blocks = [] }: SourceBody,
    component: string,
    path: readonly string[],
  ): BodySchema {
    const names = attributes.map(({ name }) => name);
    const page = this.pages.get(component);
    const anchor = page && anchorFor(page, path, names);
    const place = { component, path, go, attributes: names, anchor };
    return {
      go,
      label: label === true ? label : undefined,
      anchor: path.length === 0 ? undefined : anchor,
      attributes: attributes.map((one) => this.attribute(one, place)),
      blocks: blocks.map((one) => this.block(one, component, path)),
    };
  }

  private block(
    { name, body, ...block }: SourceBlock,
    component: string,
    path: readonly string[],
  ): BlockSchema {
    const { optional = false, repeated = false } = block;
    return {
      name,
      optional,
      repeated: repeated ? repeated : undefined,
      enum: block.enum,
      body: this.inner(body, component, [...path, name]),
    };
  }

  private inner(
    body: SourceBody | BodyReference | NestedConfigSchema,
    component: string,
    path: readonly string[],
  ): BodySchema | BodyReference | NestedConfigSchema {
    if ("config" in body) return body;
    if ("$ref" in body) return { $ref: body.$ref };
    const made = this.body(body, component, path);
    if (!contains(made, body.go)) return made;
    this.types.set(body.go, made);
    return { $ref: body.go };
  }

  private attribute(attribute: SourceAttribute, place: Place): AttributeSchema {
    const { name, optional = false } = attribute;
    const type = this.type(attribute.type, place, name);
    const value = optional ? this.questions.default(attribute, type, place) : undefined;
    const unit = type.k === "number" ? this.questions.unit(place, name) : undefined;
    return { name, optional, type, default: value, unit };
  }

  private type(type: SourceType, place: Place, name: string): TypeSchema {
    if (type.k === "list" || type.k === "map") return { ...type, of: this.type(type.of, place, name) };
    if (type.k !== "object") return this.questions.type(type, place, name);
    const { go } = type;
    // The documentation has no table for the fields of an object.
    const inside = { ...place, go, attributes: [], anchor: undefined };
    return { ...type, fields: type.fields.map((field) => this.attribute(field, inside)) };
  }
}

/** The type of an export. Which words a text may be matters only to an attribute that takes it. */
function exported(type: SourceType): TypeSchema {
  switch (type.k) {
    case "string":
      return { k: "string" };
    case "list":
    case "map":
      return { ...type, of: exported(type.of) };
    case "object":
      throw new Error("an object is only known as an attribute, alone or in a list");
    default:
      return type;
  }
}

function contains(body: BodySchema, go: string): boolean {
  return body.blocks.some(({ body: inner }) =>
    "$ref" in inner ? inner.$ref === go : !("config" in inner) && contains(inner, go),
  );
}
