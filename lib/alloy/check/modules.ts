import { body } from "../schema/body";
import type { ComponentDefinition, ExportKind } from "../schema/definition";
import { namesNoReceiver, sendsData, takesData } from "../schema/wiring";
import { attributeIn, type BlockSyntax, type BodySyntax, nameOf, type Syntax } from "../syntax/tree";

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
    const optional = attributeIn(own, "optional");
    return optional === undefined || (optional.kind === "literal" && optional.value !== true)
      ? `${label}!`
      : label;
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

/** Whether a component that is no custom one has an effect by itself. */
export function hasOwnEffect(definition: ComponentDefinition, content: BodySyntax): boolean {
  if (definition.isOpen === true || definition.name === "foreach") return true;
  if (Object.keys(definition.exports ?? {}).length === 0) return true;
  const hasData = definition.source === true || !takesData(definition);
  return hasData && sendsData(definition) && !namesNoReceiver(definition, content);
}
