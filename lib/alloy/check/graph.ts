import { type ComponentDefinition, isReceiver } from "../schema/definition";
import { type Signal, signals } from "../schema/types";

/** What refers to others, and is referred to. */
export interface GraphNode {
  /** Such as `prometheus.scrape.pods`. */
  readonly address: string;
  /** @default - there is no such component */
  readonly definition?: ComponentDefinition | undefined;
}

/** A reference to an export of another. */
export interface Reference<Node extends GraphNode = GraphNode> {
  readonly to: Node;
  /** The export, such as `receiver`; empty where an instance of a `declare` refers to that. */
  readonly exportName: string;
  /** The attribute that holds the reference, with the blocks around it, such as `output.logs`. */
  readonly attribute: string;
}

/** A reference of one to an export of another. */
export interface GraphEdge<Node extends GraphNode = GraphNode> extends Reference<Node> {
  readonly from: Node;
}

/** The kind of the export that is referred to. */
function kindOf({ to, exportName }: Reference): string | undefined {
  return to.definition?.isOpen === true ? "any" : to.definition?.exports?.[exportName];
}

/**
 * Whether data flows along the reference, from the component that refers to the one that it names: into a
 * receiver or a consumer. Along others a component takes what another gives: targets, rules, a handler.
 */
export function isForwarding(reference: Reference): boolean {
  const kind = kindOf(reference);
  return kind === "any" ? takesReceivers.test(reference.attribute) : isReceiver(kind);
}

/** The signal that flows along a reference to an OpenTelemetry consumer: its attribute is named after it. */
export function consumedSignal(reference: Reference): Signal | undefined {
  const kind = kindOf(reference);
  if (kind !== "otelcol.Consumer" && kind !== "any") return undefined;
  const { attribute } = reference;
  // Alloy writes nothing but its own traces to consumers.
  if (attribute === "write_to") return "traces";
  const name = /(?:^|\.)output\.(\w+)$/.exec(attribute)?.[1];
  return signals.find((signal) => signal === name);
}

/** Where receivers are named: what an argument of a custom component holds is not known. */
const takesReceivers = /(?:^|\.)(?:forward_to|write_to|output\.(?:metrics|logs|traces))$/;

/** Some components and the references between them. */
export class Graph<Node extends GraphNode, Edge extends GraphEdge<Node> = GraphEdge<Node>> {
  private readonly outgoing: ReadonlyMap<Node, Edge[]>;
  private readonly incoming = new Map<Node, Edge[]>();

  /** @param edges in the order of the components */
  constructor(
    readonly nodes: readonly Node[],
    readonly edges: readonly Edge[],
  ) {
    this.outgoing = new Map(nodes.map((node) => [node, []]));
    for (const edge of edges) {
      this.outgoing.get(edge.from)?.push(edge);
      const known = this.incoming.get(edge.to);
      if (known === undefined) this.incoming.set(edge.to, [edge]);
      else known.push(edge);
    }
  }

  /** The references of a component to others. */
  from(node: Node): readonly Edge[] {
    return this.outgoing.get(node) ?? [];
  }

  /** The references of others to a component. */
  to(node: Node): readonly Edge[] {
    return this.incoming.get(node) ?? [];
  }

  /**
   * The components in the order in which data flows through them: each after those that it gets data from.
   * Those that nothing connects keep their place.
   */
  inDataFlowOrder(): readonly Node[] {
    const ordered = new Set<Node>();
    const visited = new Set<Node>();
    const visit = (node: Node) => {
      if (visited.has(node) || !this.outgoing.has(node)) return;
      visited.add(node);
      for (const edge of this.to(node)) if (isForwarding(edge)) visit(edge.from);
      for (const edge of this.from(node)) if (!isForwarding(edge)) visit(edge.to);
      ordered.add(node);
    };
    for (const node of this.nodes) visit(node);
    return [...ordered];
  }
}

/** Each way that leads from a node back to it, once, as its edges. Alloy refuses them. */
export function cyclesIn<Node, Edge extends { readonly from: Node; readonly to: Node }>(
  nodes: readonly Node[],
  edgesFrom: (node: Node) => readonly Edge[],
): readonly (readonly Edge[])[] {
  const done = new Set<Node>();
  const trail: Edge[] = [];
  const found: (readonly Edge[])[] = [];
  const visit = (node: Node) => {
    const start = trail.findIndex(({ from }) => from === node);
    if (start >= 0) found.push(trail.slice(start));
    if (start >= 0 || done.has(node)) return;
    for (const edge of edgesFrom(node)) {
      trail.push(edge);
      visit(edge.to);
      trail.pop();
    }
    done.add(node);
  };
  for (const node of nodes) visit(node);
  return found;
}
