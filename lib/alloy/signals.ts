import type { Component } from "./component";
import { isOfContent } from "./foreach";
import type { Graph } from "./graph";
import { about, type Mistake } from "./mistake";
import { consumedSignal, type Edge, isForwarding } from "./references";
import { type Signal, signals } from "./types";

/** Finds signals that are sent where nothing comes of them. Alloy itself drops them without a word. */
export function wrongSignals(graph: Graph): readonly Mistake[] {
  return [
    ...graph.edges.flatMap(refused),
    ...graph.components
      .filter(({ definition }) => definition.name.startsWith("otelcol.processor."))
      .flatMap((processor) => lost(processor, graph)),
  ];
}

/** The compiler sees to it that signals fit; this sees what an untyped program wired. */
function refused(edge: Edge): readonly Mistake[] {
  const { from, to, attribute } = edge;
  const signal = consumedSignal(edge);
  if (signal === undefined || isOfContent(edge)) return [];
  return [
    ...(from.definition.emits?.includes(signal) === false
      ? [about(from, `${attribute}: it gives no ${signal}`)]
      : []),
    ...(to.definition.accepts?.includes(signal) === false
      ? [about(from, `${attribute} names ${to.address}, which takes no ${signal}`)]
      : []),
  ];
}

/** A processor sends on what it gets, no more and no less. */
function lost(processor: Component, graph: Graph): readonly Mistake[] {
  const incoming = graph.to(processor).filter(isForwarding).map(consumedSignal);
  // What comes through the argument of a custom component is not known.
  if (incoming.length === 0 || incoming.includes(undefined)) return [];
  const outgoing = graph.from(processor).map(consumedSignal);
  if (outgoing.every((signal) => signal === undefined)) return [];
  return signals.flatMap((signal: Signal) => {
    if (incoming.includes(signal) === outgoing.includes(signal)) return [];
    return incoming.includes(signal)
      ? [about(processor, `it gets ${signal}, but sends them nowhere`)]
      : [about(processor, `output.${signal}: nothing sends it ${signal}`)];
  });
}
