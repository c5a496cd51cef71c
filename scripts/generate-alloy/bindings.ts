import { className } from "../../lib/alloy/names";
import { Bodies, type Body } from "./bodies";
import { type ComponentSchema, type ConfigBlockSchema, readSchema } from "./schema";
import { bodySource, componentSource, configBlockSource, file } from "./source";

/** The file of the blocks that configure Alloy itself. */
const configBlocksNamespace = "config";

/** The file of the bodies that several namespaces use. */
const sharedFile = "blocks";

/** The text of every generated file by its name: a file for each namespace of components. */
export function bindings(): ReadonlyMap<string, string> {
  const { schema, signals } = readSchema();
  const bodies = new Bodies(schema);
  const classes = new Map<string, string[]>();
  const addClass = (namespace: string, source: string) =>
    classes.set(namespace, [...(classes.get(namespace) ?? []), source]);

  for (const component of schema.components) {
    const namespace = namespaceOf(component);
    const emits = signals[component.name]?.emits ?? [];
    const props = bodies.add(component.args, namespace, emits, `${className(component.name)}Props`);
    addClass(namespace, componentSource(component, props, signals));
  }
  for (const block of schema.configBlocks) {
    if (!isPlain(block)) continue;
    const props = bodies.add(block.args, configBlocksNamespace, [], `${className(block.name)}Props`);
    addClass(configBlocksNamespace, configBlockSource(block, props));
  }

  const shared = bodies.all.filter((body) => body.namespaces.size > 1);
  const sources = (of: readonly Body[]) => of.map(bodySource).join("\n");
  const files = new Map([[`${sharedFile}.ts`, file(sources(shared), [])]]);
  for (const [namespace, texts] of classes) {
    const own = bodies.all.filter((body) => body.namespaces.size === 1 && body.namespaces.has(namespace));
    files.set(`${namespace}.ts`, file(`${sources(own)}\n${texts.join("\n")}`, shared));
  }
  return files;
}

function namespaceOf(component: ComponentSchema): string {
  return component.name.slice(0, component.name.lastIndexOf("."));
}

/** A block whose content is attributes and blocks. `declare` and `foreach` hold components: lib/alloy has them. */
function isPlain(block: ConfigBlockSchema): block is ConfigBlockSchema & { args: ComponentSchema["args"] } {
  return block.label !== "required" || block.name.startsWith("import.");
}
