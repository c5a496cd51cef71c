import {
  type BlockSyntax,
  type BodySyntax,
  type ComponentDefinition,
  nameOf,
  walkBody,
} from "../../lib/alloy";
import { argumentsOf, type FindBlock } from "./argument-types";
import type { Names } from "./names";
import { type DeclareFacts, ImportScope } from "./scope";

/** What Alloy knows of components, by name. */
export type Definitions = ReadonlyMap<string, ComponentDefinition>;

export function addressOf({ name, label }: BlockSyntax): string {
  return label === undefined ? name : `${name}.${label}`;
}

/** A scope that knows blocks by their addresses, and nothing else of them. */
export function scopeOf(blocks: readonly BlockSyntax[]): ImportScope {
  const scope = new ImportScope();
  for (const block of blocks) scope.components.set(addressOf(block), { variable: "", of: "imported" });
  return scope;
}

/** Blocks in the order of the text, but each after those that it refers to. */
export function inOrderOfUse(blocks: readonly BlockSyntax[], scope: ImportScope): readonly BlockSyntax[] {
  const byAddress = new Map(blocks.map((block) => [addressOf(block), block]));
  const ordered = new Set<BlockSyntax>();
  const visiting = new Set<BlockSyntax>();
  const visit = (block: BlockSyntax) => {
    if (visiting.has(block)) return;
    visiting.add(block);
    for (const address of usedBy(block, scope)) {
      const other = byAddress.get(address);
      if (other !== undefined) visit(other);
    }
    ordered.add(block);
  };
  for (const block of blocks) visit(block);
  return [...ordered];
}

/** The addresses of what a block refers to, or is an instance of, in the scope that it stands in. */
export function usedBy(block: BlockSyntax, scope: ImportScope): ReadonlySet<string> {
  const used = new Set<string>();
  if (block.name !== "declare") {
    walkBody(block.body, (value) => {
      const address = scope.addressIn(nameOf(value) ?? "");
      if (address !== undefined) used.add(address);
    });
  }
  for (const name of blockNames(block)) {
    used.add(`declare.${name}`);
    for (const kind of importKinds) used.add(`${kind}.${name.split(".")[0]}`);
  }
  return used;
}

const importKinds = ["import.file", "import.git", "import.http", "import.string"];

/** The names of a block and of those inside it. */
function blockNames({ name, body }: BlockSyntax): readonly string[] {
  return [name, ...body.blocks.flatMap(blockNames)];
}

/** Makes the components of a scope known by variables, where anything refers to them. */
export function bind(
  blocks: readonly BlockSyntax[],
  scope: ImportScope,
  names: Names,
  definitions: Definitions,
): void {
  // For now by their addresses alone, by which references are found: what each is follows from the declares.
  for (const block of blocks) scope.components.set(addressOf(block), { variable: "", of: "imported" });
  const ordered = inOrderOfUse(blocks, scope);
  const used = new Set(blocks.flatMap((block) => [...usedBy(block, scope)]));
  const variables = new Map(
    blocks
      .filter((block) => used.has(addressOf(block)) && block.name !== "argument")
      .map((block) => [block, names.of(block.name, block.label ?? "")]),
  );
  scope.components.clear();
  for (const block of ordered) {
    const variable = variables.get(block) ?? "";
    const { name, label = "" } = block;
    if (name === "declare") scope.declares.set(label, declareFacts(block.body, variable, scope, definitions));
    else if (name.startsWith("import.")) scope.modules.set(label, variable);
    else if (name !== "argument" && name !== "export" && name !== "foreach") {
      const declared = scope.declare(name);
      const definition = definitions.get(name);
      const of =
        declared === undefined ? (definition === undefined ? "imported" : { definition }) : { declared };
      scope.components.set(addressOf(block), { variable, of });
    }
  }
}

/** What is known of a `declare` before its content is written. */
function declareFacts(
  body: BodySyntax,
  variable: string,
  around: ImportScope,
  definitions: Definitions,
): DeclareFacts {
  const own = new ImportScope(around);
  const nested = body.blocks.filter(({ name }) => name === "declare");
  for (const { label = "", body: inner } of nested) {
    own.declares.set(label, declareFacts(inner, "", own, definitions));
  }
  const find: FindBlock = (name) => own.declare(name) ?? definitions.get(name);
  own.args = argumentsOf(body, find);
  for (const block of body.blocks) {
    const declared = own.declare(block.name);
    const definition = definitions.get(block.name);
    const of =
      declared === undefined ? (definition === undefined ? "imported" : { definition }) : { declared };
    own.components.set(addressOf(block), { variable: "", of });
  }
  const exported = body.blocks
    .filter(({ name }) => name === "export")
    .flatMap(({ label = "", body: inner }) => {
      const value = inner.attributes.find(({ name }) => name === "value")?.value;
      const found = value === undefined ? undefined : own.resolve(nameOf(value) ?? "");
      return found === undefined || found.rest.length > 0 ? [] : [[label, found.format] as const];
    });
  return { variable, args: own.args, exports: new Map(exported) };
}
