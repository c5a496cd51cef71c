import {
  type ComponentDefinition,
  namesNoReceiver,
  type StabilityLevel,
  sendsData,
  takesData,
} from "../schema/definition";
import { type Signal, signals } from "../schema/types";
import { Memory } from "../syntax/memory";
import {
  type AttributeSyntax,
  type BlockSyntax,
  type BodySyntax,
  blockIn,
  type Syntax,
} from "../syntax/tree";
import type { Diagnostics } from "./diagnostics";
import { consumedSignal, cyclesIn, type Graph, type GraphEdge, isForwarding } from "./graph";
import type { Named, Scope } from "./scope";

/** A reference of one component to an export of another. */
export interface Wire extends GraphEdge<Named> {
  readonly value: Syntax;
  /** The attribute that the value is in, as one value may stand in several. */
  readonly holder: AttributeSyntax;
  /** It is a reference of a component inside of a `foreach`, and has been checked there. */
  readonly isOfContent?: true;
}

/** A reference of a block to another: which of its names it is, and the attribute that it is in. */
type KnownWire = readonly [name: number, attribute: string];

/** The references of blocks in which nothing is wrong. */
const clean = new Memory<readonly KnownWire[] | undefined>();

/**
 * What a component refers to. It is not checked where one was that says the same, by names that stand for the same, and had
 * nothing wrong.
 *
 * @param stability the agent's, if there is one
 * @param check finds what the component refers to, and what is wrong with it
 */
export function knownWires(
  from: Named,
  scope: Scope,
  stability: StabilityLevel | undefined,
  diagnostics: Diagnostics,
  check: () => readonly Wire[],
): readonly Wire[] {
  const { block, owner } = from;
  const reading = owner?.readingOf(block);
  if (reading === undefined) return check();
  const { names } = reading;
  const resolved = names.map(({ value }) => scope.resolved(value, from));
  const by: unknown[] = [owner?.definition, stability];
  for (const { kind, format } of resolved) by.push(kind, format);
  let wires: readonly Wire[] | undefined;
  const known = clean.of(reading, by, () => {
    const before = diagnostics.count;
    wires = check();
    const found = wires.map(({ attribute, value, holder }): KnownWire => {
      return [names.findIndex((name) => name.value === value && name.holder === holder), attribute];
    });
    // A field of an object is no attribute that the block has.
    return diagnostics.count > before || found.some(([name]) => name < 0) ? undefined : found;
  });
  if (wires !== undefined || known === undefined) return wires ?? [];
  return known.flatMap(([place, attribute]): readonly Wire[] => {
    const [name, to] = [names[place], resolved[place]];
    if (name === undefined || to?.kind !== "export") return [];
    return [{ from, to: to.of, exportName: to.exportName, attribute, ...name }];
  });
}

/** What is known of the modules in a config. */
export interface ModuleFacts {
  /** The components of the modules that were checked, by their content. */
  readonly graphs: ReadonlyMap<BodySyntax, Graph<Named, Wire>>;
  /** The `declare`s that have instances. */
  readonly instantiated: ReadonlySet<BlockSyntax>;
}

/** Finds mistakes that no component has by itself: in how they are wired. */
export class WiringCheck {
  constructor(
    private readonly graph: Graph<Named, Wire>,
    private readonly modules: ModuleFacts,
    private readonly diagnostics: Diagnostics,
  ) {}

  check(): void {
    this.cycles();
    this.declaresInThemselves();
    for (const component of this.graph.nodes) {
      this.diagnostics.enter(component);
      if (component.block.name === "declare") this.hidden(component);
      this.unused(component);
      this.deadEnd(component);
      if (component.block.name.startsWith("otelcol.processor.")) this.processor(component);
    }
    for (const wire of this.graph.edges) if (wire.isOfContent !== true) this.signal(wire);
  }

  private cycles(): void {
    for (const cycle of cyclesIn(this.graph.nodes, (component) => this.graph.from(component))) {
      const [first] = cycle;
      if (first === undefined) continue;
      const addresses = [...cycle, first].map(({ from }) => from.address);
      this.diagnostics.enter(first.from, first.holder);
      this.diagnostics.add("error", first.value, `a cycle, which Alloy refuses: ${addresses.join(" -> ")}`);
    }
  }

  /**
   * Alloy refuses a `declare` that holds an instance of itself, be it by way of others, whether it is used or not. It goes
   * by names: an instance of a `declare` further inside counts for one around it with the same name.
   *
   * Source: `collectCustomComponentReferences` in Alloy v1.18.1, read, and run.
   */
  private declaresInThemselves(): void {
    const declares = this.graph.nodes.filter(({ block }) => block.name === "declare");
    const byName = new Map(declares.map((one) => [one.block.label, one]));
    const edgesFrom = (from: Named) =>
      instancesIn(from.block.body).flatMap((instance) => {
        const to = byName.get(instance.name);
        return to === undefined ? [] : [{ from, to, instance }];
      });
    for (const cycle of cyclesIn(declares, edgesFrom)) {
      const [first] = cycle;
      if (first === undefined) continue;
      const addresses = [...cycle, first].map(({ from }) => from.address);
      this.diagnostics.enter(first.from);
      const message = `a declare within itself, which Alloy refuses: ${addresses.join(" -> ")}`;
      this.diagnostics.add("error", first.instance, message);
    }
  }

  /** Alloy takes each component whose name begins with that of a `declare` for a custom one. */
  private hidden({ block: declare }: Named): void {
    const { label } = declare;
    if (label === "declare") this.diagnostics.add("error", declare, "a declare can't be named declare");
    const hidden = this.graph.nodes.find(
      ({ block, declared }) => declared !== declare && block.name !== label && firstWord(block) === label,
    );
    if (hidden === undefined) return;
    this.diagnostics.add("error", declare, `its name hides ${hidden.address}; write another label`);
  }

  /** A component whose exports nobody uses has no effect, unless it has one by itself. */
  private unused(component: Named): void {
    const { definition, block } = component;
    if (definition === undefined || this.graph.to(component).length > 0 || this.hasEffect(component)) return;
    const message = takesData(definition) ? "nothing sends data to it" : "nothing uses it";
    this.diagnostics.add("warning", block, message);
  }

  /** @param around the `declare`s that the component is in */
  private hasEffect({ definition, block, declared }: Named, around: readonly BlockSyntax[] = []): boolean {
    if (definition === undefined) return true;
    if (block.name === "declare") return this.modules.instantiated.has(block) || this.isModule;
    if (declared === undefined) return hasOwnEffect(definition, block.body);
    if (around.includes(declared)) return false;
    const content = this.modules.graphs.get(declared.body)?.nodes;
    return (
      content?.some((one) => one.block.name !== "export" && this.hasEffect(one, [...around, declared])) !==
      false
    );
  }

  /** Of `declare`s alone: others import it. */
  private get isModule(): boolean {
    return this.graph.nodes.every(({ block: { name } }) => name === "declare" || name.startsWith("import."));
  }

  /**
   * A component that has a place for receivers but names none drops all data that it has. One that nothing feeds may
   * be there for its rules or targets alone.
   */
  private deadEnd(component: Named): void {
    const { definition, block } = component;
    if (definition === undefined) return;
    const hasData = definition.exports === undefined || this.graph.to(component).some(isForwarding);
    if (hasData && namesNoReceiver(definition, block.body)) {
      this.diagnostics.add("warning", block, "it sends its data nowhere");
    }
  }

  /** Alloy drops signals that a component doesn't take without a word. */
  private signal(wire: Wire): void {
    const { from, to, value, holder } = wire;
    const signal = consumedSignal(wire);
    if (signal === undefined) return;
    this.diagnostics.enter(from, holder);
    if (from.definition?.emits?.includes(signal) === false) {
      this.diagnostics.add("warning", value, `${from.address} gives no ${signal}`);
    }
    if (to.definition?.accepts?.includes(signal) === false) {
      this.diagnostics.add("warning", value, `${to.address} takes no ${signal}: they are dropped`);
    }
  }

  /** A processor sends on what it gets, no more and no less. */
  private processor(component: Named): void {
    const incoming = this.graph.to(component).filter(isForwarding).map(consumedSignal);
    // What comes through the argument of a custom component is not known.
    if (incoming.length === 0 || incoming.includes(undefined)) return;
    const outgoing = this.graph.from(component).map(consumedSignal);
    if (outgoing.every((signal) => signal === undefined)) return;
    for (const signal of signals) this.passesOn(component, signal, incoming, outgoing);
  }

  private passesOn(
    { block }: Named,
    signal: Signal,
    incoming: readonly (Signal | undefined)[],
    outgoing: readonly (Signal | undefined)[],
  ): void {
    if (incoming.includes(signal) === outgoing.includes(signal)) return;
    const output = blockIn(block, "output");
    const attribute = output?.body.attributes.find(({ name }) => name === signal);
    if (incoming.includes(signal)) {
      this.diagnostics.add("warning", output ?? block, `it gets ${signal}, but sends them nowhere`);
    } else this.diagnostics.add("warning", attribute ?? block, `nothing sends it ${signal}`);
  }
}

/** Whether a component that is no custom one has an effect by itself. */
function hasOwnEffect(definition: ComponentDefinition, content: BodySyntax): boolean {
  if (definition.isOpen === true || definition.name === "foreach") return true;
  if (Object.keys(definition.exports ?? {}).length === 0) return true;
  const hasData = definition.source === true || !takesData(definition);
  return hasData && sendsData(definition) && !namesNoReceiver(definition, content);
}

function firstWord({ name }: BlockSyntax): string | undefined {
  return name.split(".")[0];
}

/** What may be instances of a `declare` in one, and in those inside of it. */
function instancesIn({ blocks }: BodySyntax): readonly BlockSyntax[] {
  return blocks.flatMap((block) =>
    block.name === "declare" || block.name === "template" ? instancesIn(block.body) : [block],
  );
}
