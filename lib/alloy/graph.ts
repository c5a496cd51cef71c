import { about, type Component, exportOf, type Mistake } from "./component";
import { type Signal, signals } from "./schema/types";
import { cyclesIn, isReceiver } from "./schema/wiring";
import { type BlockSyntax, walkValue } from "./syntax/tree";

/** What a component refers to. */
export interface Reference {
  readonly to: Component;
  /** The export, such as `receiver`. */
  readonly exportName: string;
  /** The attribute that holds the reference, with the blocks around it, such as `output.logs`. */
  readonly attribute: string;
}

/** A reference of one component to an export of another. */
export interface Edge extends Reference {
  readonly from: Component;
}

/** The references in a block, in the order of the text; each once. */
export function referencesIn(block: BlockSyntax): readonly Reference[] {
  const found: Reference[] = [];
  collect(block, "", (reference) => {
    if (!found.some((one) => isSame(one, reference))) found.push(reference);
  });
  return found;
}

/**
 * Whether data flows along the reference, from the component that refers to the one that it names: into a
 * receiver or a consumer. Along others a component takes what another gives: targets, rules, a handler.
 */
export function isForwarding({ to, exportName, attribute }: Reference): boolean {
  const kind = to.definition.exports?.[exportName];
  return kind === "any" ? takesReceivers.test(attribute) : isReceiver(kind);
}

/** The signal that flows along a reference to an OpenTelemetry consumer: its attribute is named after it. */
export function consumedSignal({ to, exportName, attribute }: Reference): Signal | undefined {
  const kind = to.definition.exports?.[exportName];
  if (kind !== "otelcol.Consumer" && kind !== "any") return undefined;
  // Alloy writes nothing but its own traces to consumers.
  if (attribute === "write_to") return "traces";
  const name = /(?:^|\.)output\.(\w+)$/.exec(attribute)?.[1];
  return signals.find((signal) => signal === name);
}

/** Where receivers are named: what an argument of a custom component holds is not known. */
const takesReceivers = /(?:^|\.)(?:forward_to|write_to|output\.(?:metrics|logs|traces))$/;

function collect(block: BlockSyntax, path: string, visit: (reference: Reference) => void): void {
  for (const { name, value } of block.body.attributes) {
    walkValue(value, (part) => {
      const exported = exportOf(part);
      if (exported !== undefined) {
        visit({ to: exported.component, exportName: exported.name, attribute: path + name });
      }
    });
  }
  for (const inner of block.body.blocks) collect(inner, `${path}${inner.name}.`, visit);
}

function isSame(one: Reference, other: Reference): boolean {
  return one.to === other.to && one.exportName === other.exportName && one.attribute === other.attribute;
}

/** Some components and the references between them. */
export class Graph {
  /** The references, in the order of the components. */
  readonly edges: readonly Edge[];
  private readonly outgoing: ReadonlyMap<Component, readonly Edge[]>;
  private readonly incoming = new Map<Component, Edge[]>();

  constructor(readonly components: readonly Component[]) {
    this.outgoing = new Map(
      components.map((from) => [from, from.references.map((reference) => ({ from, ...reference }))]),
    );
    this.edges = [...this.outgoing.values()].flat();
    for (const edge of this.edges) {
      const known = this.incoming.get(edge.to);
      if (known === undefined) {
        this.incoming.set(edge.to, [edge]);
      } else {
        known.push(edge);
      }
    }
  }

  /** The references of a component to others. */
  from(component: Component): readonly Edge[] {
    return this.outgoing.get(component) ?? [];
  }

  /** The references of others to a component. */
  to(component: Component): readonly Edge[] {
    return this.incoming.get(component) ?? [];
  }

  /**
   * The components in the order in which data flows through them: each after those that it gets data from.
   * Those that nothing connects keep their place.
   */
  inDataFlowOrder(): readonly Component[] {
    const ordered = new Set<Component>();
    const visited = new Set<Component>();
    const visit = (component: Component) => {
      if (visited.has(component) || !this.outgoing.has(component)) return;
      visited.add(component);
      for (const edge of this.to(component)) if (isForwarding(edge)) visit(edge.from);
      for (const edge of this.from(component)) if (!isForwarding(edge)) visit(edge.to);
      ordered.add(component);
    };
    for (const component of this.components) visit(component);
    return [...ordered];
  }
}

/** Finds the ways that lead from a component back to it. Alloy refuses them. */
export function cycles(graph: Graph): readonly Mistake[] {
  return cyclesIn(graph.components, (component) => graph.from(component)).flatMap((edges) => {
    const [first] = edges;
    if (first === undefined) return [];
    const addresses = [...edges, first].map(({ from }) => from.address);
    return [about(first.from, `a cycle: ${addresses.join(" -> ")}`)];
  });
}
