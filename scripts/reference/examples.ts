import { RootConstruct } from "constructs";
import { definitions } from "../../imports/alloy/definitions";
import { AlloyConfig, check, className, parse, stabilityLevels, WrittenComponent } from "../../lib/alloy";
import { AttachedComments } from "../alloy-import/comments";
import { Components } from "../alloy-import/components";
import { requirementWords } from "../alloy-import/head";
import { formatted, importText, withoutPlacesIn } from "../alloy-import/source";
import { consumerArguments } from "../generate-alloy/bodies";
import type { BlockSchema, BodySchema, Schema, TypeSchema } from "../generate-alloy/schema";
import { type Described, fileOf } from "./bodies";
import { widestCode } from "./code";
import { destinations, userOf } from "./example-surroundings";
import { exampleArguments, exampleValues } from "./example-values";

/** The smallest use of a component, in both languages. */
export interface Example {
  readonly typescript: string;
  readonly alloy: string;
  /** What the component requires where it runs, in words. */
  readonly requires: readonly string[];
}

/**
 * An example of each of some components: with what they must be given, and what they are used by. One in which the check
 * finds anything is left out.
 */
export function examplesOf(all: readonly Described[], schema: Schema): ReadonlyMap<string, Example> {
  const files = new Map(all.map((one) => [one.name, fileOf(one)]));
  const drafts = all.flatMap((one) => {
    const draft = draftOf(one, schema, files);
    return draft === undefined ? [] : [{ name: one.name, ...draft }];
  });
  // One run of the formatter for all.
  const texts = formatted(
    drafts.map(({ source }) => `{\n${source}}\n`).join(separator),
    widestCode + indent,
  ).split(separator);
  return new Map(
    drafts.map(({ name, imports, alloy, requires }, index) => {
      const inner = (texts[index] ?? "").replace(/^\s*\{\n|\}\s*$/g, "").replaceAll(/^ {2}/gm, "");
      return [name, { typescript: `${imports}\n${inner}`, alloy, requires }];
    }),
  );
}

const separator = "// the next example\n";

/** What the formatter indents an example by, which stands in braces. */
const indent = 2;

function draftOf(described: Described, schema: Schema, files: ReadonlyMap<string, string>) {
  const alloy = alloyOf(described, schema);
  if (alloy === undefined) return undefined;
  const config = parse(alloy, { file: `${described.name}.alloy` });
  const allowed = { definitions, communityComponents: true, stability: stabilityLevels.at(-1) };
  if (check(config, allowed).length > 0) return undefined;
  const modules = new Map<string, Set<string>>();
  const use = (module: string, name: string) => {
    modules.set(module, (modules.get(module) ?? new Set()).add(name));
    return name;
  };
  const components = new Components(definitions, new AttachedComments(config), {
    componentClass: (name) => use(`${packageName}/components/${files.get(name)}`, className(name)),
    library: (name) => use(packageName, name),
  });
  const source = components.statements(config.body.blocks);
  const imports = [...modules].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const built = new AlloyConfig(new RootConstruct(), "config", { communityComponents: true });
  for (const block of config.body.blocks) {
    const definition = definitions.get(block.name);
    // As a program makes it, so that it is laid out like what the example in TypeScript prints.
    if (definition !== undefined) new WrittenComponent(built, withoutPlacesIn(block), definition);
  }
  const requires = built.requirements
    .filter(({ component }) => component === addressOf(described))
    .flatMap(({ requirement }) => requirementWords(requirement) ?? []);
  return {
    source,
    alloy: built.toString(),
    imports: imports.map(([module, names]) => importLines(importText(module, names))).join(""),
    requires,
  };
}

const packageName = "alloy-constructs";

/** An import, a name a line where it is long. */
function importLines(text: string): string {
  if (text.length <= widestCode) return `${text}\n`;
  return `${text.replace("{ ", "{\n  ").replaceAll(", ", ",\n  ").replace(" }", ",\n}")}\n`;
}

function isLabelled(described: Described): boolean {
  return !("label" in described) || described.label === "required";
}

function addressOf(described: Described): string {
  return isLabelled(described) ? `${described.name}.example` : described.name;
}

/** The config; undefined where an argument must be given for which there is no value. */
function alloyOf(described: Described, schema: Schema): string | undefined {
  const { name, args } = described;
  const isComponent = "exports" in described;
  const body = new ExampleBody(described, schema).of(args);
  if (body === undefined) return undefined;
  const own = `${name}${isLabelled(described) ? ' "example"' : ""} {\n${body}\n}`;
  const users = isComponent ? userOf(described) : [];
  const blocks = [own, ...users];
  const defined = blocks.map((block) => block.slice(0, block.indexOf("{")));
  const used = Object.values(destinations).filter(
    ({ reference, block }) =>
      blocks.some((one) => one.includes(reference)) && !defined.includes(block.slice(0, block.indexOf("{"))),
  );
  return [...blocks, ...used.map(({ block }) => block)].join("\n\n");
}

/** Writes what must be written of a component. */
class ExampleBody {
  private readonly emits: readonly string[];

  constructor(
    private readonly described: Described,
    private readonly schema: Schema,
  ) {
    this.emits = "emits" in described ? (described.emits ?? []) : [];
  }

  of(body: BodySchema, more = exampleArguments[this.described.name] ?? ""): string | undefined {
    const isOutput = body.go === consumerArguments;
    const attributes = body.attributes
      .filter(({ name, optional }) => (isOutput ? this.emits.includes(name) : !optional))
      .filter(({ name }) => !new RegExp(`^${name} `, "m").test(more))
      .map(({ name, type }) => [name, this.value(name, type)] as const);
    const blocks = body.blocks
      .filter(({ optional }) => !optional)
      .filter(({ name }) => !new RegExp(`^${name.replace(".", "\\.")} `, "m").test(more))
      .map((block) => [block.name, this.block(block)] as const);
    if ([...attributes, ...blocks].some(([, text]) => text === undefined)) return undefined;
    return [
      ...attributes.map(([name, value]) => `${name} = ${value}`),
      more,
      ...blocks.map(([name, content]) => `${name} ${content}`),
    ].join("\n");
  }

  private block({ body }: BlockSchema): string | undefined {
    if ("config" in body) return undefined;
    const own = "$ref" in body ? this.schema.types[body.$ref] : body;
    const content = own === undefined ? undefined : this.of(own, "");
    return content === undefined ? undefined : `${own?.label === true ? '"example" ' : ""}{\n${content}\n}`;
  }

  private value(name: string, type: TypeSchema): string | undefined {
    const own = exampleValues[`${this.described.name} ${name}`] ?? exampleValues[name];
    if (own !== undefined) return own;
    if (type.k === "secret") return `sys.env("${name.toUpperCase()}")`;
    if (type.k === "string" && type.enum !== undefined) return JSON.stringify(type.enum[0]);
    const [, destination] =
      Object.entries(destinations).find(
        ([capsule]) => type.k === "list" && type.of.k === "capsule" && type.of.name === capsule,
      ) ?? [];
    return destination === undefined ? undefined : `[${destination.reference}]`;
  }
}
