import type { Component } from "./component";
import { type Edge, isForwarding } from "./references";

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
      if (known === undefined) this.incoming.set(edge.to, [edge]);
      else known.push(edge);
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
