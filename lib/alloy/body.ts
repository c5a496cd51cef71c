import { propertyName } from "./names";

/** What is known of an attribute beyond its TypeScript type: what Alloy refuses although it compiles. */
export type Format = "any" | "duration" | "size" | "regexp" | "integer" | "count";

export interface AttributeDefinition {
  readonly name: string;
  readonly format: Format;
  readonly required: boolean;
}

/** How often a block stands in its body: once, in a list, or in a map of its labels. */
export type Multiplicity = "one" | "many" | "labelled";

export interface BlockDefinition {
  readonly name: string;
  readonly body: BodyDefinition;
  readonly multiplicity: Multiplicity;
}

/** A list of blocks of several names, whose order matters: the stages of `loki.process`. */
export interface ChoiceDefinition {
  readonly choices: ReadonlyMap<string, BlockDefinition>;
}

/** What stands behind a property of a body's TypeScript object. */
export type Member = AttributeDefinition | BlockDefinition | ChoiceDefinition;

/** The attributes and blocks of a component or a block, as the generated bindings define them. */
export class BodyDefinition {
  private known: ReadonlyMap<string, Member> | undefined;

  /**
   * @param attributes the attributes' names in the order of printing, each with `!` if it is required and
   *   `:` and its format if that is not `any`
   * @param blocks the blocks by name; a function, for a body may contain itself
   */
  constructor(
    private readonly attributes: string,
    private readonly blocks: () => Readonly<Record<string, BlockShape>> = () => ({}),
  ) {}

  /** The members by the name of their property, in the order of printing. Made at the first use. */
  get members(): ReadonlyMap<string, Member> {
    this.known ??= new Map([...this.attributeMembers(), ...this.blockMembers()]);
    return this.known;
  }

  private attributeMembers(): (readonly [string, Member])[] {
    return this.attributes.split(" ").flatMap((text) => {
      const match = /^([^!:]+)(!?)(?::(.+))?$/.exec(text);
      if (match === null) return [];
      const [, name = "", required, format] = match;
      return [[propertyName(name), { name, format: formatOf(format), required: required === "!" }] as const];
    });
  }

  private blockMembers(): (readonly [string, Member])[] {
    return Object.entries(this.blocks()).map(([name, shape]) => [propertyName(name), member(name, shape)]);
  }
}

/** How the bindings write a block: alone, in a list, labelled, or as one of a list of several names. */
export type BlockShape = BodyDefinition | Many | Labelled | Choice;

class Many {
  constructor(readonly body: BodyDefinition) {}
}
class Labelled {
  constructor(readonly body: BodyDefinition) {}
}
class Choice {
  constructor(readonly bodies: Readonly<Record<string, BodyDefinition>>) {}
}

/** A body with these attributes and blocks. See {@link BodyDefinition}. */
export function body(
  attributes: string,
  blocks?: () => Readonly<Record<string, BlockShape>>,
): BodyDefinition {
  return new BodyDefinition(attributes, blocks);
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

function member(name: string, shape: BlockShape): Member {
  if (shape instanceof Many) return { name, body: shape.body, multiplicity: "many" };
  if (shape instanceof Labelled) return { name, body: shape.body, multiplicity: "labelled" };
  if (shape instanceof BodyDefinition) return { name, body: shape, multiplicity: "one" };
  const choices = Object.entries(shape.bodies).map(
    ([key, of]) => [propertyName(key), { name: `${name}.${key}`, body: of, multiplicity: "one" }] as const,
  );
  return { choices: new Map(choices) };
}

function formatOf(text: string | undefined): Format {
  switch (text) {
    case "duration":
    case "size":
    case "regexp":
    case "integer":
    case "count":
      return text;
    default:
      return "any";
  }
}
