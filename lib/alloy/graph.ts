import type { Component } from "./component";
import { type BlockSyntax, walkValue } from "./syntax";

/** A reference of one component to an export of another. */
export interface Edge {
  readonly from: Component;
  readonly to: Component;
  /** The export, such as `receiver`. */
  readonly exportName: string;
  /** The attribute that holds the reference, with the blocks around it, such as `output.logs`. */
  readonly attribute: string;
}

/** The references between components, in the order of the text; each once. */
export function edgesBetween(components: readonly Component[]): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const from of components) {
    eachReference(from.block, "", (to, exportName, attribute) =>
      edges.set(`${from.node.path} ${attribute} ${to.node.path} ${exportName}`, {
        from,
        to,
        exportName,
        attribute,
      }),
    );
  }
  return [...edges.values()];
}

/**
 * Whether data flows along the reference, from the component that refers to the one that it names: into a
 * receiver or a consumer. Along others a component takes what another gives: targets, rules, a handler.
 */
export function isForwarding(edge: Edge): boolean {
  return isReceiver(edge.exportName);
}

/** Whether data is sent to the export of this name. */
export function isReceiver(exportName: string): boolean {
  return exportName === "input" || exportName.endsWith("receiver");
}

/**
 * The components in the order in which data flows through them: each after those that it gets data from.
 * Those that nothing connects keep their place.
 */
export function inDataFlowOrder(components: readonly Component[]): readonly Component[] {
  const before = new Map<Component, Component[]>(components.map((component) => [component, []]));
  for (const edge of edgesBetween(components)) {
    const [first, then] = isForwarding(edge) ? [edge.from, edge.to] : [edge.to, edge.from];
    if (before.has(first)) before.get(then)?.push(first);
  }
  const ordered = new Set<Component>();
  const visited = new Set<Component>();
  const visit = (component: Component) => {
    if (visited.has(component)) return;
    visited.add(component);
    for (const earlier of before.get(component) ?? []) visit(earlier);
    ordered.add(component);
  };
  for (const component of components) visit(component);
  return [...ordered];
}

function eachReference(
  block: BlockSyntax,
  path: string,
  visit: (to: Component, exportName: string, attribute: string) => void,
): void {
  for (const { name, value } of block.body.attributes) {
    walkValue(value, (part) => {
      if (part.kind === "export") visit(part.component, part.name, path + name);
    });
  }
  for (const inner of block.body.blocks) eachReference(inner, `${path}${inner.name}.`, visit);
}
