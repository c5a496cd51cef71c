import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { RootConstruct } from "constructs";
import * as library from "../../lib/alloy";
import {
  AlloyConfig,
  type BlockSyntax,
  className,
  type ParsedConfig,
  WrittenComponent,
  withoutPlaces,
} from "../../lib/alloy";
import { AttachedComments } from "./comments";
import { Components, isInUsualOrder, orderOf } from "./components";
import { hasCommunityComponents, headOf } from "./head";
import { addressOf, type Definitions, inOrderOfUse, scopeOf } from "./modules";

/** A config as a program. */
export interface ImportedConfig {
  readonly source: string;
  readonly components: number;
  /** How many expressions are written as Alloy's text, as nothing here has their type. */
  readonly untyped: number;
}

/** @param project the way from the program's folder to that of this project */
export function importConfig(
  config: ParsedConfig,
  definitions: Definitions,
  { file, project }: { readonly file: string; readonly project: string },
): ImportedConfig {
  const { blocks } = config.body;
  const modules = new Map<string, Set<string>>();
  const use = (module: string, name: string) =>
    modules.set(module, (modules.get(module) ?? new Set()).add(name));
  const comments = new AttachedComments(config);
  const components = new Components(definitions, comments, {
    componentClass: (name) => {
      use(`imports/alloy/${fileOf(name)}`, className(name));
      return className(name);
    },
    library: (name) => {
      use("lib/alloy", name);
      return name;
    },
  });
  use("lib/alloy", "AlloyConfig");
  const statements = components.statements(blocks);
  const props = [
    ...(hasCommunityComponents(config.body, definitions) ? ["communityComponents: true"] : []),
    ...(isUsual(blocks, definitions) ? [] : [orderOf(blocks)]),
  ];
  const imports = [...modules].map(([module, names]) => importText(`${project}/${module}`, names));
  const source = [
    ...headOf(config, definitions, file).map((line) => `// ${line}`.trimEnd()),
    ...comments.ofFile.map((line) => (/^\/[/*]/.test(line) ? line : `// ${line}`)),
    `import { App } from "cdk8s";`,
    ...imports,
    "",
    "const app = new App();",
    `export const config = new AlloyConfig(app, "config"${props.length === 0 ? "" : `, { ${props.join(", ")} }`});`,
    statements,
    "// Prints the config where this file is what runs: node scripts/run.js FILE",
    "if (require.main === module) process.stdout.write(config.toString());",
    "",
  ].join("\n");
  return { source, components: blocks.length, untyped: components.untyped };
}

/**
 * A source as this project's formatter leaves it, with its imports in order.
 *
 * @param lineWidth the longest line. @default - that of this project
 */
export function formatted(source: string, lineWidth?: number): string {
  const biome = join(require.resolve("@biomejs/biome/package.json"), "../bin/biome");
  const args = ["check", "--write", "--linter-enabled=false", "--stdin-file-path=imported.ts"];
  if (lineWidth !== undefined) args.push(`--javascript-formatter-line-width=${lineWidth}`);
  return execFileSync(process.execPath, [biome, ...args], {
    cwd: join(__dirname, "../.."),
    input: source,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });
}

/** Whether components and what they say are printed in the order of the text where none is named. */
function isUsual(blocks: readonly BlockSyntax[], definitions: Definitions): boolean {
  const config = new AlloyConfig(new RootConstruct(), "config");
  const addresses = blocks.map(addressOf);
  for (const block of inOrderOfUse(blocks, scopeOf(blocks))) {
    const definition = definitions.get(block.name);
    if (definition === undefined || !isInUsualOrder(definition.body, block.body)) return false;
    // Without places it is printed in the order of what a program makes.
    new WrittenComponent(config, withoutPlacesIn(block), definition);
  }
  return config.components.every(({ address }, index) => address === addresses[index]);
}

/** A block as a program makes it: nothing in it has a place in a text. */
export function withoutPlacesIn({ name, label, body }: BlockSyntax): BlockSyntax {
  const attributes = body.attributes.map((one) => ({ name: one.name, value: withoutPlaces(one.value) }));
  return { name, label, body: { attributes, blocks: body.blocks.map(withoutPlacesIn) } };
}

/** The file of a component's class. */
function fileOf(name: string): string {
  return name.startsWith("import.") || !name.includes(".") ? "config" : name.slice(0, name.lastIndexOf("."));
}

export function importText(from: string, names: ReadonlySet<string>): string {
  const isType = (name: string) =>
    (from.endsWith("lib/alloy") || from === "alloy-constructs") && !(name in library);
  const all = [...names].sort().map((name) => (isType(name) ? `type ${name}` : name));
  return `import { ${all.join(", ")} } from "${from}";`;
}
