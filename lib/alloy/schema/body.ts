import { propertyName } from "../syntax/tree";
import type { Rule } from "./facts";
import { type Format, formatOf, type RegexpReader } from "./format";
import type { Consumer, Expression, ListOf, Signal } from "./types";

/** An attribute of a body. */
export interface AttributeDefinition {
  readonly name: string;
  readonly format: Format;
  readonly required: boolean;
}

/** An attribute of objects with known fields. In its text it is a map, or a list of maps. */
export interface ObjectDefinition {
  readonly name: string;
  readonly fields: BodyDefinition;
  readonly required: boolean;
}

/** How often a block stands in its body: once, in a list, or in a map of its labels. */
export type Multiplicity = "one" | "many" | "labelled";

/** A block of a body. */
export interface BlockDefinition {
  readonly name: string;
  readonly body: BodyDefinition;
  readonly multiplicity: Multiplicity;
  readonly required: boolean;
}

/** A list of blocks of several names, whose order matters: the stages of `loki.process`. */
export interface ChoiceDefinition {
  readonly choices: ReadonlyMap<string, BlockDefinition>;
  readonly required: boolean;
}

/** What stands behind a property of a body's TypeScript object. */
export type Member = AttributeDefinition | ObjectDefinition | BlockDefinition | ChoiceDefinition;

/** A member with its place among those of its body. */
export type PlacedMember = Member & { readonly place: number };

/** How the bindings write a block: alone, in a list, labelled, or as one of a list of several names. */
export type BlockShape = BodyDefinition | Many | Labelled | Choice | Fields;

/** The attributes and blocks of a component or a block, as the generated bindings define them. */
export class BodyDefinition {
  private known: ReadonlyMap<string, PlacedMember> | undefined;
  private knownRequired: readonly string[] | undefined;
  private knownByAlloyName: ReadonlyMap<string, NamedMember> | undefined;

  constructor(
    private readonly attributes: string,
    private readonly blocks: () => Readonly<Record<string, BlockShape>>,
    readonly rules: readonly Rule[],
    private readonly regexps: RegexpReader | undefined,
  ) {}

  /** The members by the name of their property, in the order of printing. Made at the first use. */
  get members(): ReadonlyMap<string, PlacedMember> {
    this.known ??= new Map(
      [...attributeMembers(this.attributes, this.regexps), ...blockMembers(this.blocks())].map(
        ([name, member], place) => [name, { ...member, place }],
      ),
    );
    return this.known;
  }

  /** The members by Alloy's names, each block of a choice by its own. */
  get byAlloyName(): ReadonlyMap<string, NamedMember> {
    this.knownByAlloyName ??= new Map(
      [...this.members.values()]
        .flatMap((member): readonly NamedMember[] =>
          "choices" in member
            ? [...member.choices.values()].map((block) => ({ ...block, multiplicity: "many" }))
            : [member],
        )
        .map((member) => [member.name, member]),
    );
    return this.knownByAlloyName;
  }

  /** The properties of the members that no body goes without. */
  get required(): readonly string[] {
    this.knownRequired ??= [...this.members].filter(([, { required }]) => required).map(([name]) => name);
    return this.knownRequired;
  }
}

/** What a name stands for in the text of a body. */
export type NamedMember = AttributeDefinition | ObjectDefinition | BlockDefinition;

class Many {
  constructor(readonly body: BodyDefinition) {}
}
class Labelled {
  constructor(readonly body: BodyDefinition) {}
}
class Choice {
  constructor(readonly bodies: Readonly<Record<string, BodyDefinition>>) {}
}
class Fields {
  constructor(readonly body: BodyDefinition) {}
}

/**
 * A body with these attributes and blocks.
 *
 * @param attributes the attributes' names in the order of printing, with blanks between them; each with `!` if it
 *   is required, and with `:` and its {@link Format} if that is not `any`; after `=` the property has the same name
 * @param blocks the blocks by name, with `!` where one is required; a function, for a body may contain itself
 * @param rules what the attributes and blocks ask of each other
 * @param regexps reads regexps, where an attribute is one
 */
export function body(
  attributes: string,
  blocks: () => Readonly<Record<string, BlockShape>> = () => ({}),
  rules: readonly Rule[] = [],
  regexps?: RegexpReader,
): BodyDefinition {
  return new BodyDefinition(attributes, blocks, rules, regexps);
}

/** A block that may stand several times. */
export function many(of: BodyDefinition): BlockShape {
  return new Many(of);
}

/** A block that may stand several times, each with its own label. */
export function labelled(of: BodyDefinition): BlockShape {
  return new Labelled(of);
}

/** A list of blocks named `<name>.<key>`, one of the keys each. */
export function choice(bodies: Readonly<Record<string, BodyDefinition>>): BlockShape {
  return new Choice(bodies);
}

/** No block, but an attribute of objects with these fields. */
export function fields(of: BodyDefinition): BlockShape {
  return new Fields(of);
}

function attributeMembers(
  attributes: string,
  regexps: RegexpReader | undefined,
): (readonly [string, Member])[] {
  return attributes
    .split(" ")
    .filter((text) => text !== "")
    .map((text) => {
      const [, left = "", format = "any"] = /^([^:]+)(?::(.+))?$/.exec(text) ?? [];
      const [name, required] = nameOf(left.replace("=", ""));
      const property = left.startsWith("=") ? name : propertyName(name);
      return [property, { name, format: formatOf(format, regexps), required }];
    });
}

function blockMembers(blocks: Readonly<Record<string, BlockShape>>): (readonly [string, Member])[] {
  return Object.entries(blocks).map(([text, shape]) => {
    const [name, required] = nameOf(text);
    return [propertyName(name), memberOf(name, shape, required)];
  });
}

function memberOf(name: string, shape: BlockShape, required: boolean): Member {
  if (shape instanceof Many) return { name, body: shape.body, multiplicity: "many", required };
  if (shape instanceof Labelled) return { name, body: shape.body, multiplicity: "labelled", required };
  if (shape instanceof BodyDefinition) return { name, body: shape, multiplicity: "one", required };
  if (shape instanceof Fields) return { name, fields: shape.body, required };
  const choices = Object.entries(shape.bodies).map(([key, of]): [string, BlockDefinition] => [
    propertyName(key),
    { name: `${name}.${key}`, body: of, multiplicity: "one", required: false },
  ]);
  return { choices: new Map(choices), required };
}

function nameOf(text: string): [name: string, required: boolean] {
  return text.endsWith("!") ? [text.slice(0, -1), true] : [text, false];
}

/** Where an OpenTelemetry component sends each of the signals that it gives. */
export type Output<S extends Signal> = {
  readonly [signal in S]?: ListOf<Expression<Consumer<signal>>, Consumer<signal>> | undefined;
};

/** The `output` block of OpenTelemetry components. */
export const outputBody = body(
  "metrics:[otelcol.Consumer] logs:[otelcol.Consumer] traces:[otelcol.Consumer]",
);
