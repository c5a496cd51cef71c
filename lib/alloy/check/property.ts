import type { BodyDefinition } from "../schema/body";
import type { ComponentDefinition } from "../schema/definition";
import type { Reading } from "../syntax/memory";
import {
  type Addressed,
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  isIdentifier,
  propertyName,
  type Syntax,
  walkValue,
} from "../syntax/tree";

/** The construct that made a block. */
export interface Owner extends Addressed {
  readonly definition: ComponentDefinition;
  /** The `declare` that it is an instance of, or the `import.*` that has that. @default - of none */
  readonly declared?: Addressed;
  /** What a block says that is as the construct's properties make it; undefined for another. */
  readonly readingOf: (block: BlockSyntax) => Reading | undefined;
}

/** Where something is wrong that a program made: a property of a construct. */
export class Property {
  /** @param path the way to it by the names of TypeScript, such as `rule[0].regex`; empty for the construct itself */
  constructor(
    readonly construct: Pick<Owner, "node">,
    readonly path: string,
  ) {}

  /** The construct's path and the property's: `config/prometheus.scrape.pods: scrapeInterval`. */
  toString(): string {
    const { path } = this.construct.node;
    return this.path === "" ? path : `${path}: ${this.path}`;
  }
}

/** A piece of a config that a mistake can be in. */
export type Part = AttributeSyntax | BlockSyntax | BodySyntax | Syntax;

/** A part of a block that is looked for. */
interface WantedPart {
  readonly part: Part;
  /** What is meant in the part, by Alloy's name. @default - the part */
  readonly member: string | undefined;
  /** The attribute that the part is in, as one value may stand in several. */
  readonly attribute: AttributeSyntax | undefined;
}

/** The way to a part of a construct's block, by the names of TypeScript; to the construct where it is no part of it. */
export function propertyAt(
  { part, member, attribute }: WantedPart,
  { definition }: Owner,
  block: BlockSyntax,
) {
  const holders = statementsIn(block.body, definition.body, "").filter(({ statement }) =>
    holds(statement, part),
  );
  const holder = holders.find(({ statement }) => statement === attribute) ?? holders[0];
  const way = holder === undefined ? "" : holder.path + (wayInside(holder, part) ?? "");
  if (member === undefined) return way;
  return way === "" ? propertyName(member) : `${way}.${propertyName(member)}`;
}

/** An attribute or a block with the way to it. */
interface Statement {
  readonly statement: AttributeSyntax | BlockSyntax;
  readonly path: string;
  /** Its value has fields, or several have: their names are TypeScript's too. */
  readonly hasFields: boolean;
}

function statementsIn(body: BodySyntax, definition: BodyDefinition, way: string): readonly Statement[] {
  const { attributes, blocks } = body;
  return [
    ...attributes.map((statement) => {
      const member = definition.byAlloyName.get(statement.name);
      return {
        statement,
        path: way + propertyOf(statement.name, definition),
        hasFields: member !== undefined && "fields" in member,
      };
    }),
    ...blocks.flatMap((statement) => {
      const path = way + nameOfBlock(statement, blocks, definition);
      const member = definition.byAlloyName.get(statement.name);
      const inside = member !== undefined && "multiplicity" in member ? member.body : undefined;
      return [
        { statement, path, hasFields: false },
        ...(inside === undefined ? [] : statementsIn(statement.body, inside, `${path}.`)),
      ];
    }),
  ];
}

/** The property that stands for an attribute or a block. */
function propertyOf(name: string, { members }: BodyDefinition): string {
  for (const [property, member] of members) if ("name" in member && member.name === name) return property;
  return propertyName(name);
}

/** Blocks of one name, or of one choice, are a list; those with labels a map. */
function nameOfBlock(block: BlockSyntax, all: readonly BlockSyntax[], { members }: BodyDefinition): string {
  for (const [property, member] of members) {
    if ("choices" in member) {
      const names = new Map([...member.choices].map(([key, { name }]) => [name, key]));
      const key = names.get(block.name);
      if (key === undefined) continue;
      return `${property}[${all.filter(({ name }) => names.has(name)).indexOf(block)}].${key}`;
    }
    if (member.name !== block.name || !("multiplicity" in member)) continue;
    if (member.multiplicity === "one") return property;
    if (member.multiplicity === "labelled") return `${property}.${block.label}`;
    return `${property}[${all.filter(({ name }) => name === block.name).indexOf(block)}]`;
  }
  return propertyName(block.name);
}

function holds(statement: AttributeSyntax | BlockSyntax, part: Part): boolean {
  if (statement === part) return true;
  if ("body" in statement) return statement.body === part;
  // The fields of an object are attributes by their values alone.
  return isPartOf(statement.value, "value" in part && "name" in part ? part.value : part);
}

function isPartOf(value: Syntax, part: unknown): boolean {
  let isFound = false;
  walkValue(value, (one) => {
    isFound ||= one === part;
  });
  return isFound;
}

function wayInside({ statement, hasFields }: Statement, part: Part): string | undefined {
  if ("body" in statement || statement === part) return undefined;
  const wanted = "value" in part && "name" in part ? part.value : part;
  return wayInValue(statement.value, wanted, hasFields);
}

/** The way to a part of lists and maps; what is deeper in other values is theirs. */
function wayInValue(value: Syntax, part: unknown, hasFields: boolean): string {
  if (value === part) return "";
  if (value.kind === "list") {
    const index = value.items.findIndex((item) => isPartOf(item, part));
    const item = value.items[index];
    return item === undefined ? "" : `[${index}]${wayInValue(item, part, hasFields)}`;
  }
  if (value.kind !== "map") return "";
  const [key, entry] = value.entries.find(([, one]) => isPartOf(one, part)) ?? [];
  if (key === undefined || entry === undefined) return "";
  const name = hasFields ? propertyName(key) : key;
  return (isIdentifier(name) ? `.${name}` : `[${JSON.stringify(name)}]`) + wayInValue(entry, part, false);
}
