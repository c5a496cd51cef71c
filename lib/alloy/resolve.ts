import { withComments } from "./comment";
import { exportOf } from "./component";
import type {
  AttributeDefinition,
  BlockDefinition,
  BodyDefinition,
  ChoiceDefinition,
  Member,
  ObjectDefinition,
  PlacedMember,
} from "./schema/body";
import { checkFormat, checkWritable, type Format, formatOf } from "./schema/format";
import { nearest } from "./schema/nearest";
import { Expression } from "./syntax/expression";
import type { AttributeSyntax, BlockSyntax, BodySyntax, Syntax } from "./syntax/tree";
import { isIdentifier } from "./syntax/tree";

/** What an export gives. */
function formatOfExport(value: Syntax): Format | undefined {
  const exported = exportOf(value);
  if (exported === undefined) return undefined;
  return exported.kind === undefined ? undefined : formatOf(exported.kind);
}

/** Told of each mistake, with the path of the property that it is in, such as `rule[0].regex`. */
export type Report = (path: string, message: string) => void;

/**
 * Makes a value's syntax: of an expression, or of strings, numbers, bools, null, lists and maps of values.
 *
 * @throws TypeError where the value is none of these.
 */
export function syntaxOf(value: unknown): Syntax {
  if (value instanceof Expression) return value.syntax;
  if (Array.isArray(value)) return withComments(value, { kind: "list", items: value.map(syntaxOf) });
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "number"
  ) {
    return { kind: "literal", value };
  }
  if (typeof value === "object") {
    return withComments(value, {
      kind: "map",
      entries: present(value).map(([key, entry]) => [key, syntaxOf(entry)]),
    });
  }
  throw new TypeError(`${String(value)} is no Alloy value`);
}

/** What is said while bodies are made. */
export interface Resolving {
  readonly report: Report;
  /** Whether properties keep the order in which the program wrote them. @default - they have that of the definition */
  readonly keepsOrder?: boolean;
}

/** Makes the syntax of a body from the properties that a program wrote. */
export function resolveBody(
  { members, required }: BodyDefinition,
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
  for (const name of required) {
    if (!given.some((one) => one.name === name)) report(path + name, "is required");
  }
  const attributes: AttributeSyntax[] = [];
  const blocks: BlockSyntax[] = [];
  for (const { name, member, value } of keepsOrder ? given : given.sort(byPlace)) {
    const at = path + name;
    if ("format" in member) {
      attributes.push(resolveAttribute(member, value, report, at));
    } else if ("fields" in member) {
      attributes.push(resolveObjects(member, value, resolving, at));
    } else if ("choices" in member) {
      blocks.push(...resolveChoices(member, value, resolving, at));
    } else {
      blocks.push(...resolveBlocks(member, value, resolving, at));
    }
  }
  return { attributes, blocks };
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

function resolveAttribute(
  { name, format }: AttributeDefinition,
  value: unknown,
  report: Report,
  path: string,
): AttributeSyntax {
  const syntax = syntaxOf(value);
  checkWritable(syntax, (message) => report(path, message));
  checkFormat(format, syntax, formatOfExport, (message) => report(path, message));
  return { name, value: syntax };
}

function resolveObjects(
  { name, fields }: ObjectDefinition,
  value: unknown,
  resolving: Resolving,
  path: string,
): AttributeSyntax {
  const resolve = (object: unknown, at: string): Syntax => {
    if (object instanceof Expression) return object.syntax;
    const { attributes } = resolveBody(fields, objectOf(object), resolving, `${at}.`);
    return withComments(objectOf(object), {
      kind: "map",
      entries: attributes.map((field) => [field.name, field.value]),
    });
  };
  if (!Array.isArray(value)) return { name, value: resolve(value, path) };
  return {
    name,
    value: withComments(value, {
      kind: "list",
      items: value.map((item, index) => resolve(item, `${path}[${index}]`)),
    }),
  };
}

function resolveBlocks(
  { name, body, multiplicity }: BlockDefinition,
  value: unknown,
  resolving: Resolving,
  path: string,
): BlockSyntax[] {
  const resolve = (props: unknown, at: string, label?: string) =>
    withComments(objectOf(props), {
      name,
      ...(label !== undefined && { label }),
      body: resolveBody(body, objectOf(props), resolving, `${at}.`),
    });
  switch (multiplicity) {
    case "one":
      return [resolve(value, path)];
    case "many":
      return listOf(value).map((item, index) => resolve(item, `${path}[${index}]`));
    case "labelled":
      return present(objectOf(value)).map(([label, item]) => {
        if (!isIdentifier(label)) {
          resolving.report(path, `${JSON.stringify(label)} is no identifier: it can't be a label`);
        }
        return resolve(item, `${path}.${label}`, label);
      });
  }
}

function resolveChoices(
  { choices }: ChoiceDefinition,
  value: unknown,
  resolving: Resolving,
  path: string,
): BlockSyntax[] {
  return listOf(value).flatMap((item, index) =>
    present(objectOf(item)).flatMap(([key, content]) => {
      const at = `${path}[${index}].${key}`;
      const block = choices.get(key);
      if (block !== undefined) {
        return resolveBlocks(block, content, resolving, at).map((one) => withComments(objectOf(item), one));
      }
      resolving.report(at, unknown(key, choices));
      return [];
    }),
  );
}

function unknown(name: string, known: ReadonlyMap<string, unknown>): string {
  const near = nearest(name, known.keys());
  return `is not known${near === undefined ? "" : `; write ${near}`}`;
}

/** An object's properties but those that are undefined: an absent one and an undefined one mean the same. */
function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, entry]) => entry !== undefined);
}

function objectOf(value: unknown): object {
  if (typeof value === "object" && value !== null) return value;
  throw new TypeError(`${String(value)} is no block`);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
