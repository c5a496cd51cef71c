import { factNames, type StabilityLevel, stabilityLevels } from "../../lib/alloy";
import {
  type BodyReference,
  type BodySchema as DescribedBody,
  type NestedConfigSchema,
  readSchema,
} from "../generate-alloy/schema";

/** What the program in scripts/alloy-schema tells of a version of Alloy. */
export interface VersionSchema {
  readonly components: readonly ComponentSchema[];
  readonly configBlocks: readonly ComponentSchema[];
  readonly stdlib: { readonly identifiers: readonly { readonly name: string }[] };
}

interface ComponentSchema {
  readonly name: string;
  readonly stability: StabilityLevel | "community";
  readonly args: BodySchema;
  readonly exports?: readonly AttributeSchema[];
}

interface BodySchema {
  /** Absent in a body that stands in itself: what it holds is what the outer one does. */
  readonly attributes?: readonly AttributeSchema[];
  readonly blocks?: readonly BlockSchema[];
}

interface MemberSchema {
  readonly name: string;
  readonly optional?: boolean;
}

interface AttributeSchema extends MemberSchema {
  readonly type: TypeSchema;
}

interface BlockSchema extends MemberSchema {
  readonly repeated?: boolean;
  readonly body: BodySchema;
}

interface TypeSchema {
  readonly k: string;
  readonly of?: TypeSchema;
  readonly fields?: readonly AttributeSchema[];
}

/** Something that a config may rely on in a version. */
export interface Fact {
  /** In another version it is the same fact only if it takes the same. */
  readonly takes: string;
  /** What it can't be without. */
  readonly parent?: string;
}

/** Everything that configs may rely on in a version, by the names that lib/alloy has for it. */
export function factsOf({ components, configBlocks, stdlib }: VersionSchema): ReadonlyMap<string, Fact> {
  return new Map([
    ...[...components, ...configBlocks].flatMap(factsOfComponent),
    ...stdlib.identifiers.map(({ name }): NamedFact => [factNames.function(name), { takes: "" }]),
  ]);
}

type NamedFact = readonly [name: string, fact: Fact];

function factsOfComponent({ name, stability, args, exports = [] }: ComponentSchema): readonly NamedFact[] {
  const parent = factNames.component(name);
  const levels = stability === "community" ? [] : stabilityLevels.slice(stabilityLevels.indexOf(stability));
  return [
    [parent, { takes: "" }],
    ...levels.map((level): NamedFact => [factNames.level(name, level), { takes: "", parent }]),
    ...exports.map((one): NamedFact => [factNames.exported(name, one.name), { takes: "", parent }]),
    ...factsOfBody(name, args, "", parent),
  ];
}

function factsOfBody(
  component: string,
  { attributes = [], blocks = [] }: BodySchema,
  path: string,
  parent: string,
): readonly NamedFact[] {
  return [
    ...attributes.flatMap((attribute) => {
      const own = factsOfMember(component, attribute, takesOf(attribute.type), path, parent);
      const inside = { attributes: fieldsOf(attribute.type) };
      return [...own, ...factsOfBody(component, inside, `${path}${attribute.name}/`, own[0][0])];
    }),
    ...blocks.flatMap((block) => {
      const own = factsOfMember(component, block, block.repeated ? "blocks" : "block", path, parent);
      return [...own, ...factsOfBody(component, block.body, `${path}${block.name}/`, own[0][0])];
    }),
  ];
}

function factsOfMember(
  component: string,
  { name, optional = false }: MemberSchema,
  takes: string,
  path: string,
  parent: string,
): readonly [NamedFact, ...NamedFact[]] {
  const own = factNames.member(component, path + name);
  const left: readonly NamedFact[] = optional
    ? [[factNames.optional(component, path + name), { takes: "", parent: own }]]
    : [];
  return [[own, { takes, parent }], ...left];
}

function fieldsOf({
  of,
  fields = of === undefined ? [] : fieldsOf(of),
}: TypeSchema): readonly AttributeSchema[] {
  return fields;
}

/** Whatever is written as a text is one kind, and what may be anything takes all of them. */
function takesOf({ k, of }: TypeSchema): string {
  if (k === "any") return "any";
  if (k === "list" || k === "map") return of === undefined ? k : `${k} of ${takesOf(of)}`;
  return ["secret", "optional_secret", "duration"].includes(k) ? "string" : k;
}

/** The version that the bindings describe, as their schema has it. */
export function describedVersion(): VersionSchema {
  const { components, configBlocks, stdlib, types } = readSchema().schema;
  const bodyOf = (
    body: DescribedBody | BodyReference | NestedConfigSchema,
    within: readonly string[] = [],
  ): BodySchema => {
    if ("config" in body) return {};
    if (!("$ref" in body)) {
      const blocks = body.blocks.map((block) => ({ ...block, body: bodyOf(block.body, within) }));
      return { attributes: body.attributes, blocks };
    }
    const named = types[body.$ref];
    return named === undefined || within.includes(body.$ref) ? {} : bodyOf(named, [...within, body.$ref]);
  };
  return {
    components: components.map((one) => ({ ...one, exports: one.exports ?? [], args: bodyOf(one.args) })),
    // Two have no arguments of their own, and what a foreach holds is a config.
    configBlocks: configBlocks
      .filter(({ name }) => name !== "declare" && name !== "labelstore")
      .map((one) => ({ ...one, args: withoutConfigs(bodyOf(one.args)) })),
    // Old names stand in no documentation.
    stdlib: { identifiers: stdlib.identifiers.filter(({ deprecated }) => deprecated !== true) },
  };
}

function withoutConfigs({ attributes = [], blocks = [] }: BodySchema): BodySchema {
  return { attributes, blocks: blocks.filter(({ name }) => name !== "template") };
}
