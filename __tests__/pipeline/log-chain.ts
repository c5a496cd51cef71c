import type { Block, Body, ChainedProcessor, Json } from "../engines/engines";

/** An environment variable's attributes of a resource, as `OTEL_RESOURCE_ATTRIBUTES` has them. */
export type ResourceVariable = Readonly<Record<string, string>>;

/**
 * The processors that pods' logs pass in a config, from its receiver of them to where the cluster's label is put on, in
 * the collector's terms. `resourcedetection` is no module of the proxy: statements do what it does with a variable.
 */
export function logProcessors(config: Body, variable: ResourceVariable = {}): readonly ChainedProcessor[] {
  const processors: ChainedProcessor[] = [];
  let block = next(config, find(config, "otelcol.receiver.loki", "pods"));
  while (block.label !== "cluster") {
    processors.push(processor(block, variable));
    block = next(config, block);
  }
  return processors;
}

function next(config: Body, { blocks }: Block): Block {
  const output = blocks.find(({ name }) => name === "output");
  const [input = ""] = output?.attributes.flatMap(({ references }) => references) ?? [];
  const [, component = "", label = ""] = /^(otelcol\.processor\.\w+)\.(\w+)\.input$/.exec(input) ?? [];
  return find(config, component, label);
}

function find({ blocks }: Body, name: string, label: string): Block {
  const found = blocks.find((block) => block.name === name && block.label === label);
  if (found === undefined) throw new Error(`the config has no ${name}.${label}`);
  return found;
}

function processor(block: Block, variable: ResourceVariable): ChainedProcessor {
  const settings = Object.fromEntries(valuesOf(block));
  switch (block.name) {
    case "otelcol.processor.batch":
      return { name: "batch", settings };
    case "otelcol.processor.groupbyattrs":
      return { name: "groupbyattrs", settings };
    case "otelcol.processor.filter":
      return {
        name: "filter",
        settings: { error_mode: "propagate", logs: blocksOf(block, "logs")[0] ?? {} },
      };
    case "otelcol.processor.transform":
      return {
        name: "transform",
        settings: { error_mode: "propagate", log_statements: blocksOf(block, "log_statements") },
      };
    case "otelcol.processor.resourcedetection":
      return detected(variable, settings.override !== false);
    default:
      throw new Error(`logs pass ${block.name}, which tests know nothing of`);
  }
}

function detected(variable: ResourceVariable, override: boolean): ChainedProcessor {
  const statements = Object.entries(variable).map(([name, value]) => {
    const attribute = `resource.attributes[${JSON.stringify(name)}]`;
    return `set(${attribute}, ${JSON.stringify(value)})${override ? "" : ` where ${attribute} == nil`}`;
  });
  return { name: "transform", settings: { log_statements: [{ context: "resource", statements }] } };
}

function blocksOf(block: Block, name: string): readonly { readonly [key: string]: Json }[] {
  return block.blocks
    .filter((inner) => inner.name === name)
    .map((inner) => Object.fromEntries(valuesOf(inner)));
}

function valuesOf({ attributes }: Block): readonly (readonly [string, Json])[] {
  return attributes.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
}
