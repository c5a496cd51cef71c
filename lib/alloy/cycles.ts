import type { Component } from "./component";
import type { Graph } from "./graph";
import { about, type Mistake } from "./mistake";

/** Finds the ways that lead from a component back to it. Alloy refuses them. */
export function cycles(graph: Graph): readonly Mistake[] {
  const done = new Set<Component>();
  const trail: Component[] = [];
  const found: Mistake[] = [];
  const visit = (component: Component) => {
    const start = trail.indexOf(component);
    if (start >= 0) {
      const addresses = [...trail.slice(start), component].map(({ address }) => address);
      found.push(about(component, `a cycle: ${addresses.join(" -> ")}`));
      return;
    }
    if (done.has(component)) return;
    trail.push(component);
    for (const { to } of graph.from(component)) visit(to);
    trail.pop();
    done.add(component);
  };
  for (const component of graph.components) visit(component);
  return found;
}
