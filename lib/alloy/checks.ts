import { about, type Component, type Mistake } from "./component";
import { CustomComponent, Declare, Module, withContent } from "./declare";
import { isOfContent } from "./foreach";
import { consumedSignal, cycles, type Edge, type Graph, isForwarding } from "./graph";
import { checkRules } from "./rules/rules";
import { type Signal, signals } from "./schema/types";
import { namesNoReceiver, rootOnly, takesData } from "./schema/wiring";

/**
 * Finds what no component alone can tell: mistakes in how components are wired.
 *
 * @param around what the components may refer to besides one another
 */
export function checkGraph(graph: Graph, around: ReadonlySet<Component> = new Set()): readonly Mistake[] {
  const visible = new Set([...around, ...graph.components]);
  return [
    ...duplicates(graph),
    ...outOfScope(graph, visible),
    ...cycles(graph),
    ...graph.components.flatMap((component) => [...unused(component, graph), ...deadEnd(component, graph)]),
    ...wrongSignals(graph),
    ...graph.components
      .filter((component) => component instanceof Module)
      .flatMap((module) => checkModule(module, graph, visible)),
  ];
}

/** Finds what attributes and blocks of a component ask of each other. */
export function brokenRules(components: readonly Component[]): readonly Mistake[] {
  return components.flatMap((component) => {
    const { definition, block } = component;
    const found: Mistake[] = [];
    checkRules(definition.name, definition.body, block.body, ({ path, message }) =>
      found.push(about(component, path === "" ? message : `${path}: ${message}`)),
    );
    return found;
  });
}

/** Two constructs may have one id below different parents; Alloy knows one component of a name. */
function duplicates({ components }: Graph): readonly Mistake[] {
  const first = new Map<string, Component>();
  return components.flatMap((component) => {
    const other = first.get(component.address) ?? component;
    first.set(component.address, other);
    return other === component
      ? []
      : [about(component, `it is named ${component.address}, as is ${other.node.path}`)];
  });
}

function outOfScope({ components, edges }: Graph, visible: ReadonlySet<Component>): readonly Mistake[] {
  return [
    ...edges
      .filter((edge) => !visible.has(edge.to) && !isOfContent(edge))
      .map(({ from, to, attribute }) =>
        about(from, `${attribute} refers to ${to.address}, which it can't see: ${to.node.path}`),
      ),
    ...components
      .filter((component) => component instanceof CustomComponent)
      .filter(({ declared }) => !visible.has(declared))
      .map((component) => about(component, `it can't see its declare: ${component.declared.node.path}`)),
  ];
}

/** A component whose exports nobody uses has no effect, unless it sends data on by itself. */
function unused(component: Component, graph: Graph): readonly Mistake[] {
  if (graph.to(component).length > 0 || hasEffect(component)) return [];
  if (withContent(graph.components).some((one) => isInstance(one, component))) return [];
  return [about(component, takesData(component.definition) ? "nothing sends data to it" : "nothing uses it")];
}

/** Whether a component has an effect by itself. */
function hasEffect(component: Component): boolean {
  if (component instanceof Declare) return false;
  if (component instanceof CustomComponent) {
    return component.declared.content.components.some(
      (one) => one.definition.name !== "export" && hasEffect(one),
    );
  }
  const kinds = Object.values(component.definition.exports ?? {});
  return kinds.length === 0 || (isSource(component) && component.references.some(isForwarding));
}

/**
 * A component that has a place for receivers but names none drops all data that it has. One that nothing feeds may
 * be there for its rules or targets alone.
 */
function deadEnd(component: Component, graph: Graph): readonly Mistake[] {
  const hasData = component.definition.exports === undefined || graph.to(component).some(isForwarding);
  return hasData && namesNoReceiver(component.definition, component.block.body)
    ? [about(component, "it sends its data nowhere")]
    : [];
}

function checkModule(
  module: Module,
  { components }: Graph,
  visible: ReadonlySet<Component>,
): readonly Mistake[] {
  const { content } = module;
  return [
    ...content.components
      .filter(({ definition }) => rootOnly.has(definition.name))
      .map((component) => about(component, `it can't stand in a ${module.definition.name}`)),
    ...(module instanceof Declare ? hiddenBy(module, components) : []),
    ...checkGraph(content, module.seesAround ? visible : declaresOf(visible)),
  ];
}

/** Instances of a `declare` may stand in every module below it. */
function declaresOf(components: ReadonlySet<Component>): ReadonlySet<Component> {
  return new Set([...components].filter((component) => component instanceof Declare));
}

/** Alloy takes each component whose name begins with that of a `declare` for a custom one. */
function hiddenBy(declare: Component, components: readonly Component[]): readonly Mistake[] {
  const { label } = declare;
  if (label === "declare") return [about(declare, "a declare can't be named declare")];
  return withContent(components)
    .filter(({ definition }) => definition.name.split(".")[0] === label)
    .filter((component) => !isInstance(component, declare))
    .map((component) => about(declare, `its name hides ${component.address}`));
}

/** Whether a component has data that no other component sends to it. */
function isSource(component: Component): boolean {
  return component.definition.source === true || !takesData(component.definition);
}

function isInstance(component: Component, declare: Component): boolean {
  return component instanceof CustomComponent && component.declared === declare;
}

/** Finds signals that are sent where nothing comes of them. Alloy itself drops them without a word. */
function wrongSignals(graph: Graph): readonly Mistake[] {
  return [
    ...graph.edges.flatMap(refused),
    ...graph.components
      .filter(({ definition }) => definition.name.startsWith("otelcol.processor."))
      .flatMap((processor) => unforwardedSignals(processor, graph)),
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
function unforwardedSignals(processor: Component, graph: Graph): readonly Mistake[] {
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
