import {
  attributeIn,
  type BlockSyntax,
  type BodySyntax,
  literalOf,
  nameOf,
  type Syntax,
} from "../syntax/tree";
import { body } from "./body";
import type { ComponentDefinition, ExportKind } from "./definition";

const stable = { stability: "generally-available", body: body("") } as const;

/** A part of a module: what the components in it need is theirs. */
const part = { ...stable, surroundings: [] } as const;

/** A custom component: it holds components, its arguments and its exports. */
export const declareDefinition: ComponentDefinition = { ...part, name: "declare" };

/** What an instance of a `declare` is given. */
export const argumentDefinition: ComponentDefinition = {
  ...part,
  name: "argument",
  body: body("optional:bool default comment:string"),
  exports: { value: "any" },
};

/** What an instance of a `declare` gives. */
export const exportDefinition: ComponentDefinition = { ...part, name: "export", body: body("value!") };

/** Components for each item of a list; they stand in its template. */
export const foreachDefinition: ComponentDefinition = {
  ...part,
  name: "foreach",
  stability: "experimental",
  body: body("collection! var!:string id:string hash_string_id:bool enable_metrics:bool", () => ({
    "template!": body(""),
  })),
};

/** The blocks that hold components, and their parts: no bindings have them. */
export const moduleDefinitions: ReadonlyMap<string, ComponentDefinition> = new Map(
  [declareDefinition, argumentDefinition, exportDefinition, foreachDefinition].map((one) => [one.name, one]),
);

/** What is known of an instance of a module whose text is not known: of an `import.*`. */
export function openDefinition(name: string): ComponentDefinition {
  return { ...stable, name, isOpen: true };
}

/** What is known of a component in a module. */
type DefinitionOf = (block: BlockSyntax) => ComponentDefinition | undefined;

/** What an instance of a `declare` takes and gives. */
export function instanceOf(
  name: string,
  { blocks }: BodySyntax,
  definitionOf: DefinitionOf,
): ComponentDefinition {
  const labels = (kind: string) => blocks.filter((block) => block.name === kind && block.label !== undefined);
  const args = labels("argument").map(({ label = "", body: own }) => {
    const value = attributeIn(own, "optional");
    const optional = value === undefined ? false : literalOf(value);
    return optional === undefined || optional === true ? label : `${label}!`;
  });
  const exports = labels("export").map(({ label = "", body: own }) => {
    const value = attributeIn(own, "value");
    return [label, value === undefined ? "any" : kindOf(value, blocks, definitionOf)];
  });
  return {
    name,
    stability: "generally-available",
    body: body(args.join(" ")),
    exports: Object.fromEntries(exports),
  };
}

/** An export is what it hands on; what else it gives is known to Alloy alone. */
function kindOf(value: Syntax, blocks: readonly BlockSyntax[], definitionOf: DefinitionOf): ExportKind {
  const name = nameOf(value);
  const exportName = name?.slice(name.lastIndexOf(".") + 1);
  if (name === undefined || exportName === undefined) return "any";
  const block = blocks.find((one) => `${one.name}.${one.label}.${exportName}` === name);
  return (block && definitionOf(block)?.exports?.[exportName]) ?? "any";
}
