import { join } from "node:path";
import { type AlloyConfig, Component } from "../../lib/alloy";
import { checkRules } from "../../lib/alloy/check/body";
import { className } from "../../lib/alloy/syntax/tree";
import { isPlain, namespaceOf } from "../../scripts/generate-alloy/bindings";
import { bindingsFolder, readSchema } from "../../scripts/generate-alloy/schema";
import { newConfig } from "./new-config";
import { SampleArguments, stub } from "./sample-arguments";

export const schema = readSchema();
export const [minimal, all] = [false, true].map((every) => new SampleArguments(schema, every));

/** What has a class: every component, and the blocks that configure Alloy itself. */
export const classes = [
  ...schema.components.map((component) => ({ ...component, file: namespaceOf(component), labelled: true })),
  ...schema.configBlocks
    .filter(isPlain)
    .map((block) => ({ ...block, exports: [], file: "config", labelled: block.label === "required" })),
];
export type Described = (typeof classes)[number];

export function construct({ name, file, labelled }: Described, props: object) {
  const bindings: unknown = require(join(bindingsFolder, `${file}.ts`));
  const componentClass: unknown = Object(bindings)[className(name)];
  if (typeof componentClass !== "function") throw new Error(`${file}.ts has no ${className(name)}`);
  const config = newConfig({ strict: false, communityComponents: true });
  const component: unknown = Reflect.construct(componentClass, [config, ...(labelled ? ["one"] : []), props]);
  if (!(component instanceof Component)) throw new Error(`${className(name)} is no component`);
  return { component, mistakes: mistakesOf(config, component), text: config.toString() };
}

/** What is wrong with arguments themselves: samples break rules between them, and have values of no component. */
function mistakesOf({ diagnostics }: AlloyConfig, { definition, block, node }: Component): readonly string[] {
  const broken = new Set<string>();
  checkRules(definition.name, definition.body, block.body, ({ message }) => broken.add(message));
  return diagnostics
    .filter(({ severity, message }) => severity === "error" && !broken.has(message))
    .map(({ at, message }) => `${at}: ${message}`.replace(`${node.path}: `, ""))
    .filter((mistake) => !mistake.includes(stub));
}
