import {
  type BlockSyntax,
  type BodyDefinition,
  type BodySyntax,
  body,
  type Format,
  formatOf,
  type Syntax,
} from "../../lib/alloy";
import { Bodies } from "./bodies";
import type { AttachedComments } from "./comments";
import { addressOf, bind, type Definitions, inOrderOfUse } from "./modules";
import { Names } from "./names";
import { type DeclareFacts, ImportScope, itemVariable, keyOf } from "./scope";
import { typeText } from "./types";
import { keyText, Values } from "./values";

const foreachBody = body("collection!:[any] var!:string id:string hash_string_id:bool enable_metrics:bool");
const any = formatOf("any");

/** Told of each class and each name of the library that a config in TypeScript uses. */
export interface Uses {
  /** @returns the class's name */
  componentClass(name: string): string;
  library(name: string): string;
}

/** Writes the components of a config as constructs. */
export class Components {
  private readonly values: Values;
  private readonly bodies: Bodies;
  private readonly names = new Names();

  constructor(
    private readonly definitions: Definitions,
    private readonly comments: AttachedComments,
    private readonly uses: Uses,
  ) {
    this.values = new Values(comments, (name) => uses.library(name));
    this.bodies = new Bodies(this.values);
  }

  /** How many expressions are written as Alloy's text, as nothing here has their type. */
  get untyped(): number {
    return this.values.untyped;
  }

  /** The statements that add all blocks of a text. */
  statements(blocks: readonly BlockSyntax[]): string {
    return this.content(blocks, new ImportScope(), "config");
  }

  private content(blocks: readonly BlockSyntax[], scope: ImportScope, parent: string): string {
    bind(blocks, scope, this.names, this.definitions);
    return inOrderOfUse(blocks, scope)
      .filter(({ name }) => name !== "argument" && name !== "export")
      .map((block) => {
        const variable = this.variableOf(block, scope);
        const written = this.values.withComments(
          block,
          this.construct(block, scope, parent),
          this.templateComments(block),
        );
        return `${variable === "" ? "" : `const ${variable} = `}${written};\n`;
      })
      .join("");
  }

  private variableOf(block: BlockSyntax, scope: ImportScope): string {
    const { name, label = "" } = block;
    if (name === "declare") return scope.declares.get(label)?.variable ?? "";
    if (name.startsWith("import.")) return scope.modules.get(label) ?? "";
    return scope.components.get(addressOf(block))?.variable ?? "";
  }

  /** Comments on the `template` of a `foreach`, which is no construct: they go to the `foreach`. */
  private templateComments({ name, body: own }: BlockSyntax): readonly string[] {
    if (name !== "foreach") return [];
    return own.blocks.flatMap((block) => this.comments.of(block)?.above ?? []);
  }

  private construct(block: BlockSyntax, scope: ImportScope, parent: string): string {
    const { name, label } = block;
    if (name === "declare") return this.declare(block, scope, parent);
    if (name === "foreach") return this.foreach(block, scope, parent);
    const declared = scope.declare(name);
    if (declared !== undefined) return this.instance(block, declared, scope, parent);
    const definition = this.definitions.get(name);
    if (definition === undefined) return this.imported(block, scope, parent);
    const object = this.bodies.object(definition.body, block.body, scope);
    const isLeftOut = object === "{  }" && definition.body.required.length === 0;
    const args = [
      parent,
      ...(label === undefined ? [] : [JSON.stringify(label)]),
      ...(isLeftOut ? [] : [object]),
    ];
    return `new ${this.uses.componentClass(name)}(${args.join(", ")})`;
  }

  private instance(block: BlockSyntax, declared: DeclareFacts, scope: ImportScope, parent: string): string {
    const args = this.args(block.body, (name) => declared.args.get(name)?.format ?? any, scope);
    const own = [parent, JSON.stringify(block.label), declared.variable, args];
    return `new ${this.uses.library("CustomComponent")}(${own.join(", ")})`;
  }

  private imported(block: BlockSyntax, scope: ImportScope, parent: string): string {
    const [module = "", ...name] = block.name.split(".");
    const own = [parent, JSON.stringify(block.label), scope.module(module), JSON.stringify(name.join("."))];
    return `new ${this.uses.library("ImportedComponent")}(${[...own, this.args(block.body, () => any, scope)].join(", ")})`;
  }

  private args(own: BodySyntax, formatOfArgument: (name: string) => Format, scope: ImportScope): string {
    const written = own.attributes.map(
      ({ name, value }) =>
        `${keyText(keyOf(name))}: ${this.values.attribute(value, formatOfArgument(name), scope)}`,
    );
    return `{ ${written.join(", ")} }`;
  }

  private declare(block: BlockSyntax, scope: ImportScope, parent: string): string {
    const { label = "", body: own } = block;
    const facts = scope.declares.get(label);
    const inner = new ImportScope(scope);
    inner.args = facts?.args ?? new Map();
    const content = this.content(own.blocks, inner, "scope");
    const exported = own.blocks
      .filter(({ name }) => name === "export")
      .map((one) => {
        const value = attributeOf(one.body, "value");
        const format = facts?.exports.get(one.label ?? "") ?? any;
        const written =
          value === undefined ? "null" : this.exported(this.values.attribute(value, format, inner));
        return `${keyText(keyOf(one.label ?? ""))}: ${this.values.withComments(one, written)}`;
      });
    const args = own.blocks
      .filter(({ name }) => name === "argument")
      .map((one) => `${keyText(keyOf(one.label ?? ""))}: ${this.argument(one, inner)}`);
    const all = content + exported.join();
    const params = /\bargument\(/.test(all) ? "scope, argument" : /\bscope\b/.test(all) ? "scope" : "";
    const returned = `{ ${exported.join(", ")} }`;
    const properties = [
      ...(own.blocks.length > 1 ? [orderOf(own.blocks)] : []),
      `arguments: { ${args.join(", ")} }`,
      content === ""
        ? `content: (${params.replace("scope,", "_,")}) => (${returned})`
        : `content: (${params}) => {\n${content}return ${returned};\n}`,
    ];
    const constructed = `new ${this.uses.library("Declare")}(${parent}, ${JSON.stringify(label)}, {\n${properties.join(",\n")} })`;
    return constructed;
  }

  /** The value of an export as an expression, for a `Declare` takes no other. */
  private exported(written: string): string {
    const isExpression = /^[\w.]+(?:\(.*\)|`.*`)?$/s.test(written) && !/^(?:true|false|\d.*)$/.test(written);
    return isExpression ? written : `${this.uses.library("alloy")}\`\${${written}}\``;
  }

  private argument(block: BlockSyntax, scope: ImportScope): string {
    const facts = scope.args.get(block.label ?? "");
    if (facts === undefined) return "";
    const { format, signals, isRequired } = facts;
    const type = typeText(format, signals, (name) => this.uses.library(name));
    const description = attributeOf(block.body, "comment");
    const fallback = attributeOf(block.body, "default");
    const comment = description === undefined ? [] : [this.values.attribute(description, any, scope)];
    const written = fallback === undefined ? "undefined" : this.values.attribute(fallback, format, scope);
    const value = /\bargument\(/.test(written) ? `(argument) => ${written}` : written;
    const own = isRequired
      ? comment
      : fallback === undefined && comment.length === 0
        ? []
        : [value, ...comment];
    const kind = isRequired ? "required" : "optional";
    const optional = attributeOf(block.body, "optional");
    const loose = optional === undefined ? {} : (this.comments.of(optional) ?? {});
    const lines = [
      ...(loose.above ?? []),
      ...(loose.beside === undefined ? [] : [loose.beside]),
      ...(loose.below ?? []),
    ];
    const constructed = `${this.uses.library("ArgumentType")}.${kind}<${type}>(${own.join(", ")})`;
    return this.values.withComments(block, constructed, lines);
  }

  private foreach(block: BlockSyntax, scope: ImportScope, parent: string): string {
    const { label = "", body: own } = block;
    const inner = new ImportScope(scope, true);
    const variable = attributeOf(own, "var");
    const name = variable?.kind === "literal" ? String(variable.value) : "item";
    inner.items.add(name);
    const blocks = own.blocks.flatMap((template) => template.body.blocks);
    const object = this.bodies.object(foreachBody, { attributes: own.attributes, blocks: [] }, scope);
    const order = blocks.length > 1 ? ` ${orderOf(blocks)},` : "";
    const content = this.content(blocks, inner, "scope");
    const params = content.includes(itemVariable(name)) ? `scope, ${itemVariable(name)}` : "scope";
    const props = `{${order}${object.slice(1)}`;
    return `new ${this.uses.library("Foreach")}(${parent}, ${JSON.stringify(label)}, ${props}, (${params}) => {\n${content}})`;
  }
}

/** The property that names the order of the text. */
export function orderOf(blocks: readonly BlockSyntax[]): string {
  return `order: [${blocks.map((block) => JSON.stringify(addressOf(block))).join(", ")}]`;
}

function attributeOf(own: BodySyntax, name: string): Syntax | undefined {
  return own.attributes.find((attribute) => attribute.name === name)?.value;
}

/** Whether attributes and blocks stand in the order in which they are printed where none is named. */
export function isInUsualOrder(definition: BodyDefinition, own: BodySyntax): boolean {
  const places = [...own.attributes, ...own.blocks].map(({ name }) => placeOf(definition, name));
  return (
    places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0)) &&
    own.blocks.every((block) => {
      const member = definition.byAlloyName.get(block.name);
      return member === undefined || !("multiplicity" in member) || isInUsualOrder(member.body, block.body);
    })
  );
}

function placeOf({ members }: BodyDefinition, name: string): number {
  const all = [...members.values()];
  return all.findIndex((member) =>
    "choices" in member
      ? [...member.choices.values()].some((one) => one.name === name)
      : member.name === name,
  );
}
