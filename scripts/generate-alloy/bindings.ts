import { className, propertyName } from "../../lib/alloy";
import { Bodies } from "./bodies";
import { choiceSource, type Declared } from "./choices";
import type { Descriptions } from "./descriptions";
import { file, header } from "./file";
import type { ComponentSchema, ConfigBlockSchema, Schema } from "./schema";
import { bodySource, componentSource, configBlockSource } from "./source";

/** The file of the blocks that configure Alloy itself. */
export const configBlocksNamespace = "config";

/** The file of the bodies that several namespaces use. */
const sharedFile = "blocks";

/** The text of every generated file by its name: a file for each namespace of components. */
export function bindings(schema: Schema, descriptions: Descriptions): ReadonlyMap<string, string> {
  const bodies = new Bodies(schema.types, descriptions);
  const classes = new Map<string, string[]>();
  const addClass = (namespace: string, source: string) =>
    classes.set(namespace, [...(classes.get(namespace) ?? []), source]);

  for (const component of schema.components) {
    const { name, args, emits } = component;
    const namespace = namespaceOf(component);
    const page = pageOf(component, schema);
    const place = { namespace, page, component: name, name };
    const props = bodies.add(args, place, emits, `${className(name)}Props`);
    addClass(namespace, componentSource(component, props, { page, words: descriptions.components[name] }));
  }
  for (const block of schema.configBlocks) {
    if (!isPlain(block)) continue;
    const page = pageOf(block, schema);
    const { name } = block;
    const place = { namespace: configBlocksNamespace, page, component: name, name };
    const props = bodies.add(block.args, place, [], `${className(name)}Props`);
    const words = descriptions.components[name];
    addClass(configBlocksNamespace, configBlockSource(block, props, { page, words }));
  }

  // Choices come last: a body names one where it is asked for it, a choice names bodies at once.
  const choices = bodies.choices.all;
  const sourcesOf = (isOf: (one: Declared) => boolean) =>
    [...bodies.all.filter(isOf).map(bodySource), ...choices.filter(isOf).map(choiceSource)].join("\n");
  const isShared = ({ namespaces }: Declared) => namespaces.size > 1;
  const shared = [...bodies.all, ...choices].filter(isShared);
  const files = new Map([[`${sharedFile}.ts`, file(sourcesOf(isShared), [])]]);
  for (const [namespace, texts] of classes) {
    const own = sourcesOf((one) => !isShared(one) && one.namespaces.has(namespace));
    files.set(`${namespace}.ts`, file(`${own}\n${texts.join("\n")}`, shared));
  }
  files.set("definitions.ts", definitionsSource(schema));
  return files;
}

/** The page of the documentation of that version. */
export function pageOf(
  { docPath }: { readonly docPath?: string | undefined },
  { alloy }: Schema,
): string | undefined {
  const page = docPath?.replace(/^docs\/sources\/(.*)\.md$/, "$1");
  const minor = alloy.version.replace(/\.\d+$/, "");
  return page === undefined ? undefined : `https://grafana.com/docs/alloy/${minor}/${page}/`;
}

/** The definitions of all classes, by what Alloy calls them. */
function definitionsSource({ components, configBlocks }: Schema): string {
  const plain = configBlocks.filter(isPlain).map(({ name }) => ({ name, file: configBlocksNamespace }));
  const classes = [...components.map((one) => ({ name: one.name, file: namespaceOf(one) })), ...plain];
  const files = [...new Set(classes.map((one) => one.file))];
  const identifier = (name: string) => propertyName(name);
  const imports = files.map((name) => `import * as ${identifier(name)} from "./${name}";\n`);
  const entries = classes.map(
    ({ name, file: of }) => `  ["${name}", ${identifier(of)}.${className(name)}.definition],\n`,
  );
  return [
    header,
    'import type { ComponentDefinition } from "../../lib/alloy/schema/definition";\n',
    ...imports,
    "\n/** What Alloy knows of each component, and of each block that configures it. */\n",
    `export const definitions: ReadonlyMap<string, ComponentDefinition> = new Map([\n${entries.join("")}]);\n`,
  ].join("");
}

/** The file of a component's class, without `.ts`: all of its name but the last word. */
export function namespaceOf({ name }: ComponentSchema): string {
  return name.slice(0, name.lastIndexOf("."));
}

/** A block whose content is attributes and blocks. Those that hold components, and their parts, lib/alloy has. */
export function isPlain(
  block: ConfigBlockSchema,
): block is ConfigBlockSchema & { args: ComponentSchema["args"] } {
  return block.label !== "required" || block.name.startsWith("import.");
}
