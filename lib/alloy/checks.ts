import type { Component } from "./component";
import { type Edge, edgesBetween, isForwarding, isReceiver } from "./graph";
import type { BodySyntax, Syntax } from "./syntax";
import type { Signal } from "./types";

/** Finds what no component alone can tell: mistakes in how the components of a config are wired. */
export function checkGraph(components: readonly Component[]): string[] {
  const edges = edgesBetween(components);
  return [
    ...duplicates(components),
    ...strangers(components, edges),
    ...cycles(components, edges),
    ...unused(components, edges),
    ...deadEnds(components),
    ...wrongSignals(edges),
  ];
}

/** Two constructs may have one id below different parents; Alloy knows one component of a name. */
function duplicates(components: readonly Component[]): string[] {
  const first = new Map<string, Component>();
  return components.flatMap((component) => {
    const other = first.get(component.address);
    if (other !== undefined)
      return [`two components are named ${component.address}: ${paths(other, component)}`];
    first.set(component.address, component);
    return [];
  });
}

function strangers(components: readonly Component[], edges: readonly Edge[]): string[] {
  const own = new Set(components);
  return edges
    .filter(({ to }) => !own.has(to))
    .map(
      ({ from, to, attribute }) =>
        `${from.address}: ${attribute} refers to ${to.address}, which is not in this config`,
    );
}

function cycles(components: readonly Component[], edges: readonly Edge[]): string[] {
  const done = new Set<Component>();
  const found: string[] = [];
  const visit = (component: Component, trail: readonly Component[]) => {
    const start = trail.indexOf(component);
    if (start >= 0) {
      found.push(`a cycle: ${[...trail.slice(start), component].map(({ address }) => address).join(" -> ")}`);
      return;
    }
    if (done.has(component)) return;
    for (const edge of edges) if (edge.from === component) visit(edge.to, [...trail, component]);
    done.add(component);
  };
  for (const component of components) visit(component, []);
  return found;
}

/** A component whose exports nobody uses has no effect, unless it sends data on by itself. */
function unused(components: readonly Component[], edges: readonly Edge[]): string[] {
  const used = new Set(edges.map(({ to }) => to));
  const sending = new Set(edges.filter(isForwarding).map(({ from }) => from));
  return components
    .filter((component) => component.definition.exports !== undefined && !used.has(component))
    .filter((component) => takesData(component) || !sending.has(component))
    .map((component) =>
      takesData(component)
        ? `${component.address}: nothing sends data to it`
        : `${component.address}: nothing uses it`,
    );
}

/** A component that has a place for receivers but names none drops all that it reads. */
function deadEnds(components: readonly Component[]): string[] {
  return components
    .filter(({ definition, block }) => {
      if (definition.body.members.has("forwardTo")) return isEmptyList(attribute(block.body, "forward_to"));
      if (!definition.body.members.has("output")) return false;
      const output = block.body.blocks.find(({ name }) => name === "output");
      return output?.body.attributes.every(({ value }) => isEmptyList(value)) ?? true;
    })
    .map(({ address }) => `${address}: it sends its data nowhere`);
}

/** The compiler sees to it that signals fit; this sees what an untyped program wired. */
function wrongSignals(edges: readonly Edge[]): string[] {
  return edges.flatMap(({ from, to, attribute: path, exportName }) => {
    const signal = /(?:^|\.)output\.(metrics|logs|traces)$/.exec(path)?.[1];
    if (!isSignal(signal) || exportName !== "input") return [];
    return [
      ...(from.definition.emits?.includes(signal) === false
        ? [`${from.address}: it gives no ${signal}`]
        : []),
      ...(to.definition.accepts?.includes(signal) === false
        ? [`${from.address}: ${path} names ${to.address}, which takes no ${signal}`]
        : []),
    ];
  });
}

function isSignal(text: string | undefined): text is Signal {
  return text === "metrics" || text === "logs" || text === "traces";
}

function takesData(component: Component): boolean {
  return component.definition.exports?.some(isReceiver) ?? false;
}

function attribute(body: BodySyntax, name: string): Syntax | undefined {
  return body.attributes.find((one) => one.name === name)?.value;
}

function isEmptyList(value: Syntax | undefined): boolean {
  return value === undefined || (value.kind === "list" && value.items.length === 0);
}

function paths(...components: readonly Component[]): string {
  return components.map(({ node }) => node.path).join(" and ");
}
