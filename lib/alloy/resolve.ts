import { nearest } from "../nearest";
import type { AttributeDefinition, BlockDefinition, BodyDefinition, ChoiceDefinition } from "./body";
import { Expression } from "./expression";
import { checkFormat } from "./format";
import { isIdentifier } from "./identifier";
import type { AttributeSyntax, BlockSyntax, BodySyntax, Syntax } from "./syntax";

/** Told of each mistake, with the path of the property that it is in, such as `rule[0].regex`. */
export type Report = (path: string, message: string) => void;

/** Makes a value's syntax: of an expression, or of strings, numbers, bools, null, lists and maps of values. */
export function syntaxOf(value: unknown): Syntax {
  if (value instanceof Expression) return value.syntax;
  if (Array.isArray(value)) return { kind: "list", items: value.map(syntaxOf) };
  if (value === null || typeof value === "string" || typeof value === "boolean") {
    return { kind: "literal", value };
  }
  if (typeof value === "number" && Number.isFinite(value)) return { kind: "literal", value };
  if (typeof value === "object") {
    return { kind: "map", entries: present(value).map(([key, entry]) => [key, syntaxOf(entry)]) };
  }
  throw new TypeError(`${String(value)} is no Alloy value`);
}

/** Makes the syntax of a body from the properties that a program wrote, in the order of the definition. */
export function resolveBody(
  definition: BodyDefinition,
  props: object,
  report: Report,
  path = "",
): BodySyntax {
  const values = new Map(present(props));
  for (const name of values.keys()) {
    if (!definition.members.has(name)) {
      const near = nearest(name, definition.members.keys());
      report(path + name, `is not known${near === undefined ? "" : `; write ${near}`}`);
    }
  }
  const attributes: AttributeSyntax[] = [];
  const blocks: BlockSyntax[] = [];
  for (const [name, member] of definition.members) {
    const value = values.get(name);
    if (value === undefined) {
      if ("required" in member && member.required) report(path + name, "is required");
    } else if ("format" in member) {
      attributes.push(resolveAttribute(member, value, report, path + name));
    } else if ("choices" in member) {
      blocks.push(...resolveChoices(member, value, report, path + name));
    } else {
      blocks.push(...resolveBlocks(member, value, report, path + name));
    }
  }
  return { attributes, blocks };
}

function resolveAttribute(
  attribute: AttributeDefinition,
  value: unknown,
  report: Report,
  path: string,
): AttributeSyntax {
  const syntax = syntaxOf(value);
  checkFormat(attribute.format, syntax, (message) => report(path, message));
  return { name: attribute.name, value: syntax };
}

function resolveBlocks(
  { name, body, multiplicity }: BlockDefinition,
  value: unknown,
  report: Report,
  path: string,
): BlockSyntax[] {
  switch (multiplicity) {
    case "one":
      return [{ name, body: resolveBody(body, objectOf(value), report, `${path}.`) }];
    case "many":
      return listOf(value).map((item, index) => ({
        name,
        body: resolveBody(body, objectOf(item), report, `${path}[${index}].`),
      }));
    case "labelled":
      return present(objectOf(value)).map(([label, item]) => {
        if (!isIdentifier(label))
          report(path, `${JSON.stringify(label)} is no identifier: it can't be a label`);
        return { name, label, body: resolveBody(body, objectOf(item), report, `${path}.${label}.`) };
      });
  }
}

function resolveChoices(
  choice: ChoiceDefinition,
  value: unknown,
  report: Report,
  path: string,
): BlockSyntax[] {
  return listOf(value).flatMap((item, index) =>
    present(objectOf(item)).flatMap(([key, content]) => {
      const at = `${path}[${index}].${key}`;
      const block = choice.choices.get(key);
      if (block !== undefined) return resolveBlocks(block, content, report, at);
      const near = nearest(key, choice.choices.keys());
      report(at, `is not known${near === undefined ? "" : `; write ${near}`}`);
      return [];
    }),
  );
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
