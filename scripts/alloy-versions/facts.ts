import { factNames, type StabilityLevel, stabilityLevels } from "../../lib/alloy";

/** What there is in a version of Alloy, as the program in scripts/alloy-schema tells it. */
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
  /** Of a body that stands in itself: what it holds is what the outer one does. */
  readonly $ref?: string;
  /** Of one that holds components. */
  readonly config?: true;
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
  /** What it takes: with another value here, another version has another fact. */
  readonly takes: string;
  /** The fact that it depends on, as an argument does on its component. */
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
