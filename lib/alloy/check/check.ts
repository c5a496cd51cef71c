import { checkRules } from "../rules/rules";
import { body } from "../schema/body";
import { type ComponentDefinition, isAbove, type StabilityLevel } from "../schema/definition";
import { rootOnly } from "../schema/wiring";
import type { ParsedConfig } from "../syntax/parser";
import { Place, Source } from "../syntax/source";
import type { AttributeSyntax, BlockSyntax, BodySyntax } from "../syntax/tree";
import { BodyCheck } from "./body";
import { type Diagnostic, Diagnostics } from "./diagnostics";
import { attributeIn, type Named, Scope } from "./scope";
import { Values } from "./values";
import { checkWiring, type Wire } from "./wiring";

/** What a config is checked against. */
export interface CheckOptions {
  /** What Alloy knows, by name: `definitions` of the bindings. */
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
  /** The agent's `--stability.level`: what is less stable is an error. @default - any */
  readonly stability?: StabilityLevel | undefined;
  /** The agent runs with `--feature.community-components.enabled`. @default true */
  readonly communityComponents?: boolean | undefined;
}

const stable = { stability: "generally-available" } as const;

/** The blocks that hold components, and their parts. */
const ofModules: ReadonlyMap<string, ComponentDefinition> = new Map(
  [
    { ...stable, name: "declare", body: body("") },
    {
      ...stable,
      name: "argument",
      body: body("optional:bool default comment:string"),
      exports: { value: "any" },
    },
    { ...stable, name: "export", body: body("value!") },
    {
      name: "foreach",
      stability: "experimental" as const,
      body: body("collection! var!:string id:string hash_string_id:bool enable_metrics:bool", () => ({
        "template!": body(""),
      })),
    },
  ].map((definition) => [definition.name, definition]),
);

/**
 * Checks a config: its components, what they are given, and how they are wired.
 *
 * @returns what is wrong, in the order of the text; of a text that is no config, where and why
 */
export function check(config: ParsedConfig, options: CheckOptions): readonly Diagnostic[] {
  if (config.mistakes.length > 0) {
    return config.mistakes.map(({ at, message }) => ({ severity: "error", at, message }));
  }
  const diagnostics = new Diagnostics(config.body.at ?? new Place(new Source(""), 0, 0));
  new ModuleCheck(options, diagnostics).check(config.body, new Scope(options.definitions), "file");
  return diagnostics.sorted;
}

/** What holds components: a file, a `declare`, or the template of a `foreach`. */
type Holder = "file" | "declare" | "foreach";

class ModuleCheck {
  constructor(
    private readonly options: CheckOptions,
    private readonly diagnostics: Diagnostics,
  ) {}

  /** @returns what refers to what */
  check(content: BodySyntax, scope: Scope, holder: Holder): readonly Wire[] {
    for (const attribute of content.attributes) {
      this.error(attribute, `${attribute.name} can't stand here; write it into a block`);
    }
    for (const { name, label, ...block } of content.blocks) {
      if (name.startsWith("import.") && label !== undefined) scope.imports.add(label);
      if (name === "declare" && label !== undefined) scope.declares.set(label, instanceOf(label, block.body));
    }
    const components = content.blocks.map((block) => this.name(block, scope, holder));
    const wires: Wire[] = [];
    for (const component of components) this.component(component, scope, wires);
    checkWiring(components, wires, this.diagnostics);
    return wires;
  }

  /** Makes a block known to others. */
  private name(block: BlockSyntax, scope: Scope, holder: Holder): Named {
    const { name, label } = block;
    if ((name === "argument" || name === "export") && holder !== "declare") {
      this.error(block, `${name} stands only in a declare`);
    }
    if (rootOnly.has(name) && holder !== "file") this.error(block, `${name} can't stand in a ${holder}`);
    this.label(block);
    const address = label === undefined ? name : `${name}.${label}`;
    const definition = ofModules.get(name) ?? scope.definitionOf(name);
    const named = { address, block, definition: definition ?? undefined };
    if (definition === undefined) {
      const near = scope.nearestDefinition(name);
      this.error(block, `there is no component ${name}${near === undefined ? "" : `; write ${near}`}`);
    }
    if (scope.components.has(address)) this.error(block, `${address} is there already; write another label`);
    else scope.components.set(address, named);
    return named;
  }

  private label(block: BlockSyntax): void {
    const { name, label } = block;
    if (rootOnly.has(name) && label !== undefined) {
      this.error(block, `${name} has no label; write ${name} { ... }`);
    }
    if (!rootOnly.has(name) && label === undefined) {
      this.error(block, `${name} needs a label; write ${name} "name" { ... }`);
    }
  }

  private component(named: Named, scope: Scope, wires: Wire[]): void {
    const { block, definition } = named;
    const values = new Values(scope, this.diagnostics, (to, value, exportName) => {
      wires.push({ from: named, to, value, exportName });
    });
    const bodyCheck = new BodyCheck(values, this.diagnostics);
    if (definition === undefined) {
      bodyCheck.visitAll(block.body);
      return;
    }
    this.stability(definition, block);
    if (block.name === "declare") {
      this.check(block.body, new Scope(this.options.definitions, scope), "declare");
      return;
    }
    const isForeach = block.name === "foreach";
    const own = isForeach
      ? { ...block.body, blocks: block.body.blocks.map((one) => ({ ...one, body: empty })) }
      : block.body;
    bodyCheck.check(definition.body, own, block);
    checkRules(definition.name, definition.body, own, ({ message, isRefused, part }) =>
      this.diagnostics.add(isRefused ? "error" : "warning", part ?? block, message),
    );
    if (isForeach) wires.push(...this.template(named, scope));
  }

  /** What stands in a `foreach` refers to what is around it. */
  private template(named: Named, scope: Scope): readonly Wire[] {
    const { block } = named;
    const variable = attributeIn(block.body, "var");
    const inner = new Scope(this.options.definitions, scope, true);
    if (variable?.kind === "literal") inner.variables.add(String(variable.value));
    return block.body.blocks
      .filter(({ name }) => name === "template")
      .flatMap(({ body: content }) => this.check(content, inner, "foreach"))
      .filter(({ to }) => inner.components.get(to.address) !== to)
      .map((wire) => ({ ...wire, from: named }));
  }

  private stability({ name, stability }: ComponentDefinition, block: BlockSyntax): void {
    if (stability === "community") {
      if (this.options.communityComponents === false) {
        this.error(
          block,
          `${name} is a community component; run Alloy with --feature.community-components.enabled`,
        );
      }
      return;
    }
    const allowed = this.options.stability;
    if (allowed !== undefined && isAbove(stability, allowed)) {
      this.error(
        block,
        `${name} is ${stability.replace("-", " ")}; run Alloy with --stability.level=${stability}`,
      );
    }
  }

  private error(statement: AttributeSyntax | BlockSyntax, message: string): void {
    this.diagnostics.add("error", statement, message);
  }
}

const empty: BodySyntax = { attributes: [], blocks: [] };

/** What an instance of a `declare` takes and gives. */
function instanceOf(name: string, { blocks }: BodySyntax): ComponentDefinition {
  const labels = (kind: string) => blocks.filter((block) => block.name === kind && block.label !== undefined);
  const args = labels("argument").map(({ label = "", body: own }) => {
    const optional = attributeIn(own, "optional");
    return optional === undefined || (optional.kind === "literal" && optional.value !== true)
      ? `${label}!`
      : label;
  });
  const exports = labels("export").map(({ label = "" }) => [label, "any"]);
  return { ...stable, name, body: body(args.join(" ")), exports: Object.fromEntries(exports) };
}
