import { Construct } from "constructs";
import { Component, Module } from "./component";
import type { ComponentDefinition } from "./schema/definition";
import { moduleDefinitions, openDefinition } from "./schema/modules";
import type { ParsedConfig } from "./syntax/parser";
import type { BlockSyntax } from "./syntax/tree";

/** What Alloy knows, by name: `definitions` of the bindings. */
export type Definitions = ReadonlyMap<string, ComponentDefinition>;

/** What a {@link ConfigText} takes. */
export interface ConfigTextProps {
  /** Where it has mistakes, the config has what is right of it. */
  readonly text: ParsedConfig;
  readonly definitions: Definitions;
  /** What is said above it in the text of the whole config. @default - nothing */
  readonly title?: string;
}

/**
 * The text of a config as a part of another: its blocks are components beside those that a program makes, by names that
 * all of them share. What is wrong with them is said at its place in the text.
 *
 * ```ts
 * const text = parse(readFileSync("gpu.alloy", "utf8"), { file: "gpu.alloy" });
 * new ConfigText(config, "gpu", { text, definitions, title: "From gpu.alloy" });
 * ```
 */
export class ConfigText extends Construct {
  readonly text: ParsedConfig;
  readonly definitions: Definitions;
  readonly title: string | undefined;

  constructor(scope: Construct, id: string, { text, definitions, title }: ConfigTextProps) {
    super(scope, id);
    this.text = text;
    this.definitions = definitions;
    this.title = title;
    addComponents(this, text.body.blocks, definitions);
  }
}

/** A component that a text has. */
export class WrittenComponent extends Component {
  constructor(scope: Construct, written: BlockSyntax, definition: ComponentDefinition) {
    super(scope, written.label, {}, definition, written);
  }
}

/** A `declare` or a `foreach` that a text has. */
class WrittenModule extends Module {
  constructor(
    scope: Construct,
    private readonly written: BlockSyntax,
    definition: ComponentDefinition,
    definitions: Definitions,
  ) {
    super(scope, written.label, {}, definition, written);
    const { blocks } = written.body;
    const content =
      definition.name === "declare"
        ? blocks
        : blocks.flatMap(({ name, body }) => (name === "template" ? body.blocks : []));
    addComponents(this, content, definitions);
  }

  override blockAround(): BlockSyntax {
    return this.written;
  }
}

/** What stands twice, the check of the config tells: no two constructs have one name. */
function addComponents(scope: Construct, blocks: readonly BlockSyntax[], definitions: Definitions): void {
  for (const block of blocks) {
    const { name, label } = block;
    if (scope.node.tryFindChild(label === undefined ? name : `${name}.${label}`) !== undefined) continue;
    const definition = moduleDefinitions.get(name) ?? definitions.get(name) ?? openDefinition(name);
    if (name === "declare" || name === "foreach") new WrittenModule(scope, block, definition, definitions);
    else new WrittenComponent(scope, block, definition);
  }
}
