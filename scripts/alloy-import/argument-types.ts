import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodyDefinition,
  type BodySyntax,
  type ComponentDefinition,
  type Format,
  formatOf,
  functions,
  nameOf,
  type Signal,
  type Syntax,
} from "../../lib/alloy";
import type { ArgumentFacts, DeclareFacts } from "./scope";

/** Finds what a block takes, by its name: that of a component, or of a `declare`. */
export type FindBlock = (name: string) => ComponentDefinition | DeclareFacts | undefined;

/** A use of an argument: what is taken where it stands. */
interface Use {
  readonly name: string;
  readonly format: Format;
  readonly signal: Signal | undefined;
}

const [any, text] = [formatOf("any"), formatOf("string")];

/** What the arguments of a `declare` take: it doesn't say so itself, but what uses them in it does. */
export function argumentsOf({ blocks }: BodySyntax, find: FindBlock): ReadonlyMap<string, ArgumentFacts> {
  const uses = blocks.flatMap((block) => usesIn(block, find));
  return new Map(
    blocks
      .filter(({ name }) => name === "argument")
      .map(({ label = "", body }) => {
        const own = uses.filter(({ name, format }) => name === label && format.kind !== "any");
        const signals = new Set(own.flatMap(({ signal }) => signal ?? []));
        const fallback = attribute(body, "default")?.value;
        const format = own[0]?.format ?? (fallback === undefined ? text : formatOfLiteral(fallback));
        const optional = attribute(body, "optional")?.value;
        const isRequired = optional?.kind !== "literal" || optional.value !== true;
        return [label, { format, signals, isRequired }];
      }),
  );
}

function attribute(body: BodySyntax, name: string): AttributeSyntax | undefined {
  return body.attributes.find((one) => one.name === name);
}

function formatOfLiteral(value: Syntax): Format {
  if (value.kind === "list") {
    return { kind: "list", of: value.items[0] ? formatOfLiteral(value.items[0]) : text };
  }
  if (value.kind === "map") {
    const entry = value.entries[0]?.[1];
    return { kind: "map", of: entry === undefined ? text : formatOfLiteral(entry) };
  }
  if (value.kind !== "literal") return text;
  if (typeof value.value === "boolean") return formatOf("bool");
  return typeof value.value === "number" ? formatOf("float") : text;
}

function usesIn(block: BlockSyntax, find: FindBlock): readonly Use[] {
  const { name, body } = block;
  if (name === "foreach") {
    const [template] = body.blocks;
    return [
      ...usesOf(attribute(body, "collection")?.value, { kind: "list", of: any }),
      ...inside(template, find),
    ];
  }
  if (name === "declare" || name === "argument") return [];
  const found = find(name);
  if (found === undefined) return [];
  if ("args" in found) {
    return body.attributes.flatMap((own) => {
      const facts = found.args.get(own.name);
      const [signal] = facts?.signals ?? [];
      return usesOf(own.value, facts?.format ?? any, signal);
    });
  }
  return usesInBody(body, found.body, name);
}

function inside(template: BlockSyntax | undefined, find: FindBlock): readonly Use[] {
  return (template?.body.blocks ?? []).flatMap((block) => usesIn(block, find));
}

function usesInBody(body: BodySyntax, definition: BodyDefinition, name: string): readonly Use[] {
  return [
    ...body.attributes.flatMap((own) => {
      const member = definition.byAlloyName.get(own.name);
      if (member === undefined) return [];
      if ("format" in member) {
        return usesOf(own.value, member.format, name === "output" ? own.name : undefined);
      }
      return "fields" in member ? usesInObjects(own.value, member.fields) : [];
    }),
    ...body.blocks.flatMap((block) => {
      const member = definition.byAlloyName.get(block.name);
      return member !== undefined && "multiplicity" in member
        ? usesInBody(block.body, member.body, block.name)
        : [];
    }),
  ];
}

function usesInObjects(value: Syntax, fields: BodyDefinition): readonly Use[] {
  if (value.kind === "list") return value.items.flatMap((item) => usesInObjects(item, fields));
  if (value.kind !== "map") return [];
  const attributes = value.entries.map(([name, entry]) => ({ name, value: entry }));
  return usesInBody({ attributes, blocks: [] }, fields, "");
}

function usesOf(value: Syntax | undefined, format: Format, signal?: string): readonly Use[] {
  if (value === undefined) return [];
  const [, name] = /^argument\.(\w+)\.value$/.exec(nameOf(value) ?? "") ?? [];
  if (name !== undefined) return [{ name, format, signal: signalOf(signal) }];
  switch (value.kind) {
    case "list":
      return value.items.flatMap((item) => usesOf(item, format.kind === "list" ? format.of : any, signal));
    case "map":
      return value.entries.flatMap(([, entry]) =>
        usesOf(entry, format.kind === "map" ? format.of : any, signal),
      );
    case "parentheses":
      return usesOf(value.of, format, signal);
    case "operation":
      return value.parts.flatMap((part) => usesOf(part, value.operator === "+" ? format : any));
    case "call": {
      const called = nameOf(value.function) ?? "";
      const params = functions.get(called)?.params ?? [];
      return value.args.flatMap((arg, index) => {
        const isSame = called === "coalesce" || called === "array.concat" || called === "concat";
        return usesOf(arg, isSame ? format : (params[Math.min(index, params.length - 1)] ?? any), signal);
      });
    }
    default:
      return [];
  }
}

function signalOf(name: string | undefined): Signal | undefined {
  return name === "metrics" || name === "logs" || name === "traces" ? name : undefined;
}
