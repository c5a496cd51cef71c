import { type ComponentDefinition, rootOnly } from "../schema/definition";
import { instanceOf, moduleDefinitions } from "../schema/modules";
import type { ParsedConfig } from "../syntax/parser";
import { Place, Source } from "../syntax/source";
import { attributeIn, type BlockSyntax, type BodySyntax } from "../syntax/tree";
import { BodyCheck, checkRules } from "./body";
import { type Diagnostic, Diagnostics } from "./diagnostics";
import { Graph } from "./graph";
import { type Allowed, checkStability } from "./limits";
import type { Owner, Part, Property } from "./property";
import { type Named, Scope } from "./scope";
import { Values } from "./values";
import { knownWires, type Wire, WiringCheck } from "./wiring";

/** What a config is checked against. */
export interface CheckOptions extends Allowed {
  /** What Alloy knows, by name: `definitions` of the bindings. */
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
}

/**
 * Checks a config: its components, what they are given, and how they are wired.
 *
 * @returns what is wrong, in the order of the text; of a text that is no config, where and why
 */
export function check(config: ParsedConfig, options: CheckOptions): readonly Diagnostic[] {
  if (config.mistakes.length > 0) return syntaxDiagnostics(config);
  const file = config.body.at ?? new Place(new Source(""), 0, 0);
  return checkBody(config.body, { ...options, file, owners: new Map() }).diagnostics;
}

/** What keeps a text from being a config. */
export function syntaxDiagnostics({ mistakes }: ParsedConfig): readonly Diagnostic[] {
  return mistakes.map(({ at, message }) => ({ severity: "error", at, message }));
}

/** What is known of a config besides its blocks. */
export interface BodyOptions extends CheckOptions {
  /** Where what has no place of its own stands. */
  readonly file: Place | Property;
  /** The constructs that made blocks. The others are of texts. */
  readonly owners: ReadonlyMap<BlockSyntax, Owner>;
}

/** What a check finds. */
export interface CheckedBody {
  readonly diagnostics: readonly Diagnostic[];
  /** The components of the config, and of each `declare` and each template in it, by their content. */
  readonly graphs: ReadonlyMap<BodySyntax, Graph<Named, Wire>>;
}

/** Checks the blocks of a config, whoever made them. */
export function checkBody(body: BodySyntax, options: BodyOptions): CheckedBody {
  const diagnostics = new Diagnostics(options.file);
  const modules = new ModuleCheck(options, diagnostics);
  modules.check(body, new Scope(options.definitions), "file");
  return { diagnostics: diagnostics.sorted, graphs: modules.graphs };
}

/** What holds components: a file, a `declare`, or the template of a `foreach`. */
type Holder = "file" | "declare" | "foreach";

class ModuleCheck {
  readonly graphs = new Map<BodySyntax, Graph<Named, Wire>>();
  readonly instantiated = new Set<BlockSyntax>();

  constructor(
    private readonly options: BodyOptions,
    private readonly diagnostics: Diagnostics,
  ) {}

  check(content: BodySyntax, scope: Scope, holder: Holder): Graph<Named, Wire> {
    for (const attribute of content.attributes) {
      this.error(attribute, `${attribute.name} can't stand here; write it into a block`);
    }
    for (const block of content.blocks) this.declare(block, scope);
    const components = content.blocks.map((block) => this.name(block, scope, holder));
    const graph = new Graph(
      components,
      components.flatMap((component) => this.component(component, scope)),
    );
    this.graphs.set(content, graph);
    new WiringCheck(graph, this, this.diagnostics).check();
    return graph;
  }

  /** Makes known which custom components there are. */
  private declare(block: BlockSyntax, scope: Scope): void {
    const { name, label } = block;
    if (label === undefined) return;
    if (name.startsWith("import.")) scope.imports.set(label, block);
    if (name !== "declare") return;
    const inside = (part: BlockSyntax) => this.definitionOf(part, scope);
    scope.declares.set(label, { declare: block, instance: instanceOf(label, block.body, inside) });
  }

  private definitionOf(block: BlockSyntax, scope: Scope): ComponentDefinition | undefined {
    const { name, at } = block;
    const made = at === undefined ? this.options.owners.get(block)?.definition : undefined;
    return moduleDefinitions.get(name) ?? scope.declared(name)?.instance ?? made ?? scope.definitionOf(name);
  }

  /** Makes a block known to others. */
  private name(block: BlockSyntax, scope: Scope, holder: Holder): Named {
    const { name, label } = block;
    const owner = this.options.owners.get(block);
    const address = label === undefined ? name : `${name}.${label}`;
    const known = this.definitionOf(block, scope);
    const definition = known?.byArguments?.(known, block.body, this.options.stability) ?? known;
    const declared = scope.declared(name)?.declare;
    if (declared !== undefined) this.instantiated.add(declared);
    const source = declared ?? scope.imported(name);
    const made = source && this.options.owners.get(source);
    const isElsewhere = owner?.declared !== undefined && owner.declared !== made;
    const named: Named = {
      address,
      block,
      definition: isElsewhere ? undefined : definition,
      owner,
      declared,
    };
    this.diagnostics.enter(named);
    if ((name === "argument" || name === "export") && holder !== "declare") {
      this.error(block, `${name} stands only in a declare`);
    }
    if (rootOnly.has(name) && holder !== "file") this.error(block, `${name} can't stand in a ${holder}`);
    if (definition === undefined) {
      this.error(block, scope.unknownBlock(name));
      return named;
    }
    this.label(block);
    if (isElsewhere) {
      const { address: from, node } = owner.declared;
      this.error(block, `${from}, which it is of, is of another config or module: ${node.path}`);
    }
    const other = scope.components.get(address);
    if (other === undefined) scope.components.set(address, named);
    else {
      const where = other.block.at ?? other.owner?.node.path;
      this.error(block, `${address} is there already, at ${where}; write another label`);
    }
    return named;
  }

  private label(block: BlockSyntax): void {
    const { name, label } = block;
    if (rootOnly.has(name) && label !== undefined) {
      // Alloy takes it, and has no use for it.
      this.diagnostics.add("warning", block, `${name} has no label; write ${name} { ... }`);
    }
    if (!rootOnly.has(name) && label === undefined) {
      this.error(block, `${name} needs a label; write ${name} "name" { ... }`);
    }
  }

  /** @returns what the component refers to */
  private component(named: Named, scope: Scope): readonly Wire[] {
    const { block, definition } = named;
    this.diagnostics.enter(named);
    const values = new Values(scope, this.diagnostics, this.options.stability, named);
    const bodyCheck = new BodyCheck(values, this.diagnostics);
    if (definition === undefined || definition.isOpen === true) {
      bodyCheck.visitAll(block.body);
      return values.wires;
    }
    checkStability(definition, block, this.options, this.diagnostics);
    if (block.name === "declare") {
      this.check(block.body, new Scope(this.options.definitions, scope), "declare");
      return [];
    }
    const isForeach = block.name === "foreach";
    const own = isForeach
      ? { ...block.body, blocks: block.body.blocks.map((one) => ({ ...one, body: empty })) }
      : block.body;
    const wires = knownWires(named, scope, this.options.stability, this.diagnostics, () => {
      bodyCheck.check(definition.body, own, block);
      checkRules(definition.name, definition.body, own, ({ message, isRefused, part }) =>
        this.diagnostics.add(isRefused ? "error" : "warning", part ?? block, message),
      );
      return values.wires;
    });
    return isForeach ? [...wires, ...this.template(named, scope)] : wires;
  }

  /** What stands in a `foreach` refers to what is around it. */
  private template(named: Named, scope: Scope): readonly Wire[] {
    const { block } = named;
    const variable = attributeIn(block.body, "var");
    const inner = new Scope(this.options.definitions, scope, true);
    if (variable?.kind === "literal") inner.variables.add(String(variable.value));
    return block.body.blocks
      .filter(({ name }) => name === "template")
      .flatMap(({ body: content }) => this.check(content, inner, "foreach").edges)
      .filter(({ to }) => inner.components.get(to.address) !== to)
      .map((wire) => ({
        ...wire,
        from: named,
        attribute: `template.${wire.from.address}.${wire.attribute}`,
        isOfContent: true,
      }));
  }

  private error(part: Part, message: string): void {
    this.diagnostics.add("error", part, message);
  }
}

const empty: BodySyntax = { attributes: [], blocks: [] };
