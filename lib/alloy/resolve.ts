import { Construct } from "constructs";
import { withComments } from "./comment";
import type {
  BlockDefinition,
  BodyDefinition,
  ChoiceDefinition,
  Member,
  ObjectDefinition,
  PlacedMember,
} from "./schema/body";
import type { ComponentDefinition } from "./schema/definition";
import { nearest } from "./schema/nearest";
import { Expression } from "./schema/types";
import type { AttributeSyntax, BlockSyntax, BodySyntax, Syntax } from "./syntax/tree";
import { propertyName } from "./syntax/tree";

/** What is wrong with a property. */
export interface PropertyMistake {
  /** The way to it, such as `rule[0].regex`; empty for the component itself. */
  readonly path: string;
  readonly message: string;
}

/** Told of each mistake, with the path of the property that it is in. */
export type Report = (path: string, message: string) => void;

/**
 * Makes a value's syntax: of an expression, or of strings, numbers, bools, null, lists and maps of values. What is none of
 * these is a mistake, which the check of the config tells.
 */
export function syntaxOf(value: unknown): Syntax {
  if (value instanceof Expression) return value.syntax;
  if (Array.isArray(value)) return withComments(value, { kind: "list", items: Array.from(value, syntaxOf) });
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "number"
  ) {
    return { kind: "literal", value };
  }
  if (isPlain(value)) {
    return withComments(value, {
      kind: "map",
      entries: present(value).map(([key, entry]) => [key, syntaxOf(entry)]),
    });
  }
  return { kind: "mistake", message: noValue(value) };
}

/** Whether a value is an object without a class: of others nobody knows what of them is meant. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function noValue(value: unknown): string {
  if (isComponent(value)) {
    const names = Object.keys(value.definition.exports ?? {}).map((name) => `.${propertyName(name)}`);
    const wanted = names.length === 0 ? "it exports nothing" : `write ${names.join(" or ")} after it`;
    return `${value.address} is a component, no value; ${wanted}`;
  }
  if (value instanceof Map) return "a Map is no value; write Object.fromEntries(...) of it";
  if (value instanceof Set) return "a Set is no value; write [...] of it";
  if (value === undefined) return "undefined is no value of a list; leave it out";
  const what = typeof value === "object" && value !== null ? value.constructor.name : typeof value;
  return `a ${what} is no value; write a string, a number, a bool, a list, a plain object or an expression`;
}

function isComponent(
  value: unknown,
): value is Construct & { address: string; definition: ComponentDefinition } {
  return value instanceof Construct && "address" in value && "definition" in value;
}

/** How bodies are made, and who is told of mistakes. */
export interface Resolving {
  readonly report: Report;
  /** Whether properties keep the order in which the program wrote them. @default - they have that of the definition */
  readonly keepsOrder?: boolean;
}

/** Makes the syntax of a body from the properties that a program wrote. */
export function resolveBody(
  { members }: BodyDefinition,
  props: object,
  resolving: Resolving,
  path = "",
): BodySyntax {
  const { report, keepsOrder = false } = resolving;
  const given: Given[] = [];
  for (const [name, value] of present(props)) {
    const member = members.get(name);
    if (member === undefined) {
      report(path + name, unknown(name, members));
    } else if (!isListOfNone(value, member)) given.push({ name, member, value });
  }
  const attributes: AttributeSyntax[] = [];
  const blocks: BlockSyntax[] = [];
  for (const { name, member, value } of keepsOrder ? given : given.sort(byPlace)) {
    const at = path + name;
    if ("format" in member) {
      attributes.push({ name: member.name, value: syntaxOf(value) });
    } else if ("fields" in member) {
      attributes.push(resolveObjects(member, value, resolving, at));
    } else if ("choices" in member) {
      blocks.push(...resolveChoices(member, value, resolving, at));
    } else {
      // What is no block becomes an attribute, which the check of the config refuses.
      const [good, bad] = blocksIn(member, value);
      attributes.push(...bad.map((one) => ({ name: member.name, value: syntaxOf(one) })));
      blocks.push(...resolveBlocks(member, good, resolving, at));
    }
  }
  return { attributes, blocks };
}

/** The objects that blocks are made of, and the values that stand where a block belongs and are none. */
function blocksIn(
  { multiplicity }: BlockDefinition,
  value: unknown,
): readonly [readonly object[], readonly unknown[]] {
  const given = multiplicity === "many" && Array.isArray(value) ? Array.from<unknown>(value) : [value];
  const inside = (one: object) => multiplicity !== "labelled" || Object.values(one).every(isPlainOrAbsent);
  const isBlock = (one: unknown): one is object => isPlain(one) && inside(one);
  return [given.filter(isBlock), given.filter((one) => !isBlock(one))];
}

function isPlainOrAbsent(value: unknown): boolean {
  return value === undefined || isPlain(value);
}

/** A property, and the member that stands behind it. */
interface Given {
  readonly name: string;
  readonly member: PlacedMember;
  readonly value: unknown;
}

function byPlace({ member: one }: Given, { member: other }: Given): number {
  return one.place - other.place;
}

/** A list of no blocks is as good as no block; an attribute's list may be empty. */
function isListOfNone(value: unknown, member: Member): boolean {
  return !("format" in member) && Array.isArray(value) && value.length === 0;
}

function resolveObjects(
  { name, fields }: ObjectDefinition,
  value: unknown,
  resolving: Resolving,
  path: string,
): AttributeSyntax {
  const resolve = (object: unknown, at: string): Syntax => {
    if (!isPlain(object)) return syntaxOf(object);
    const { attributes } = resolveBody(fields, object, resolving, `${at}.`);
    return withComments(object, {
      kind: "map",
      entries: attributes.map((field) => [field.name, field.value]),
    });
  };
  if (!Array.isArray(value)) return { name, value: resolve(value, path) };
  return {
    name,
    value: withComments(value, {
      kind: "list",
      items: Array.from<unknown, Syntax>(value, (item, index) => resolve(item, `${path}[${index}]`)),
    }),
  };
}

function resolveBlocks(
  { name, body, multiplicity }: BlockDefinition,
  given: readonly object[],
  resolving: Resolving,
  path: string,
): readonly BlockSyntax[] {
  const resolve = (props: object, at: string, label?: string) =>
    withComments(props, {
      name,
      ...(label !== undefined && { label }),
      body: resolveBody(body, props, resolving, `${at}.`),
    });
  switch (multiplicity) {
    case "one":
      return given.map((props) => resolve(props, path));
    case "many":
      return given.map((props, index) => resolve(props, `${path}[${index}]`));
    case "labelled":
      return given
        .flatMap(present)
        .flatMap(([label, props]) => (isPlain(props) ? [resolve(props, `${path}.${label}`, label)] : []));
  }
}

function resolveChoices(
  { choices }: ChoiceDefinition,
  value: unknown,
  resolving: Resolving,
  path: string,
): readonly BlockSyntax[] {
  const given = Array.isArray(value) ? Array.from<unknown>(value) : [value];
  return given.flatMap((item, index) => {
    const at = `${path}[${index}]`;
    if (isPlain(item)) return resolveChoice(choices, item, resolving, at);
    resolving.report(at, `is no block; write { ${[...choices.keys()][0]}: { ... } }`);
    return [];
  });
}

function resolveChoice(
  choices: ChoiceDefinition["choices"],
  item: object,
  resolving: Resolving,
  path: string,
): readonly BlockSyntax[] {
  return present(item).flatMap(([key, content]) => {
    const at = `${path}.${key}`;
    const block = choices.get(key);
    if (block !== undefined && isPlain(content)) {
      return resolveBlocks(block, [content], resolving, at).map((one) => withComments(item, one));
    }
    resolving.report(at, block === undefined ? unknown(key, choices) : "is no block; write { ... }");
    return [];
  });
}

function unknown(name: string, known: ReadonlyMap<string, unknown>): string {
  const near = nearest(name, known.keys());
  return `is not known${near === undefined ? "" : `; write ${near}`}`;
}

/** An object's properties but those that are undefined: an absent one and an undefined one mean the same. */
function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, entry]) => entry !== undefined);
}
