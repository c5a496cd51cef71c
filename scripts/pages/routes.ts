import {
  type AlloyConfig,
  type Component,
  ConfigText,
  type Edge,
  isForwarding,
  rootOnly,
  sendsData,
  takesData,
} from "../../lib/alloy";

/** The parts of a pipeline, in the order in which data goes through them. */
export const stages = ["sources", "processing", "destinations"] as const;

export type Stage = (typeof stages)[number];

/** What a stage is called. */
export const stageTitles: Readonly<Record<Stage, string>> = {
  sources: "Sources",
  processing: "Processing",
  destinations: "Destinations",
};

/** Where a component belongs: a stage, and in it the source, the processing or the destination by its id. */
export interface Place {
  readonly stage: Stage;
  readonly part: string;
}

/** The place of a component below its config; none for a block that configures Alloy itself. */
export function placeOf(config: AlloyConfig, component: Component): Place | undefined {
  const scopes = component.node.scopes;
  const text = scopes.find((scope) => scope instanceof ConfigText);
  if (text !== undefined) return placeInText(config, component, text.title ?? text.node.id);
  const [id, part = ""] = scopes.slice(scopes.indexOf(config) + 1).map(({ node }) => node.id);
  const stage = stages.find((one) => one === id);
  return stage === undefined ? undefined : { stage, part };
}

/**
 * The place of a component of a file: what takes data and sends none on is a destination by its label, unless an
 * environment's own has that name; what sends data on is processing. The rest is a source by the file's name, with what it
 * has its targets or credentials of.
 */
function placeInText(config: AlloyConfig, component: Component, file: string): Place | undefined {
  const { address, definition, label = address } = component;
  if (rootOnly.has(definition.name)) return undefined;
  if (!takesData(definition) || definition.source === true) return { stage: "sources", part: file };
  if (sendsData(definition)) return { stage: "processing", part: address };
  const named = config.node.tryFindChild("destinations")?.node.tryFindChild(label);
  return { stage: "destinations", part: named === undefined ? label : address };
}

/** The kinds of data, in the order of a legend. */
export const signals = ["metrics", "logs", "traces", "profiles"] as const;

export type Signal = (typeof signals)[number];

/** What goes from one component to another: a signal, or something else that the other one uses. */
export type FlowKind = Signal | "reference";

/** What goes from one component to another. */
export interface Flow {
  readonly from: Component;
  readonly to: Component;
  readonly kind: FlowKind;
}

/** A flow of data. */
export interface DataFlow extends Flow {
  readonly kind: Signal;
}

export function isData(flow: Flow): flow is DataFlow {
  return flow.kind !== "reference";
}

/** What goes between the components of a config, each once, in the order of its text. */
export function flowsOf(config: AlloyConfig): readonly Flow[] {
  const flows = new Map<string, Flow>();
  const add = (flow: Flow) => flows.set(`${flow.from.address} ${flow.to.address} ${flow.kind}`, flow);
  for (const edge of config.edges) {
    const kind = kindOf(edge);
    // A component names the receiver that it sends data to, but also what it takes from another.
    const [from, to] = isForwarding(edge) ? [edge.from, edge.to] : [edge.to, edge.from];
    add({ from, to, kind });
  }
  for (const { from, to } of loopbacksOf(config)) {
    const sent = [...flows.values()].filter((flow) => flow.to === from && flow.kind !== "reference");
    for (const { kind } of sent) add({ from, to, kind });
  }
  return [...flows.values()];
}

/** The components that reach others over the loopback: no expression names them. */
function loopbacksOf({ components }: AlloyConfig): readonly Omit<Flow, "kind">[] {
  const listening = new Map(
    components.flatMap((component) =>
      component.requirements.flatMap((needed) =>
        needed.kind === "loopbackPort" ? [[needed.port, component] as const] : [],
      ),
    ),
  );
  return components.flatMap((from) =>
    from.requirements.flatMap((needed) => {
      if (needed.kind !== "connection" || needed.to.type !== "loopback") return [];
      const to = listening.get(needed.to.port);
      return to === undefined ? [] : [{ from, to }];
    }),
  );
}

/** The signals of some flows, in the order of a legend. */
export function signalsIn(flows: readonly { readonly kind: FlowKind }[]): readonly Signal[] {
  return signals.filter((signal) => flows.some(({ kind }) => kind === signal));
}

/** OpenTelemetry outputs name their signal; a receiver of another system takes that system's only one. */
function kindOf(edge: Edge): FlowKind {
  if (!isForwarding(edge)) return "reference";
  const signal = /(?:^|\.)output\.(\w+)$/.exec(edge.attribute)?.[1];
  const system = /(?:^|\.)(prometheus|loki|pyroscope)(?:\.|$)/.exec(edge.to.definition.name)?.[1];
  return signals.find((kind) => kind === signal) ?? signalOfSystem(system);
}

function signalOfSystem(system: string | undefined): FlowKind {
  switch (system) {
    case "prometheus":
      return "metrics";
    case "loki":
      return "logs";
    case "pyroscope":
      return "profiles";
    default:
      return "reference";
  }
}

/** Where the data of one source goes. */
export interface Route {
  /** The source, by its id. */
  readonly source: string;
  readonly kind: Signal;
  /** The destinations that it reaches, by their ids. */
  readonly destinations: readonly string[];
}

/** The way of each signal from each source, in the order of the config's text. */
export function routesOf(config: AlloyConfig): readonly Route[] {
  const flows = flowsOf(config);
  const partOf = (component: Component, stage: Stage) => {
    const place = placeOf(config, component);
    return place?.stage === stage ? place.part : undefined;
  };
  const sources = new Set(config.components.flatMap((component) => partOf(component, "sources") ?? []));
  return [...sources].flatMap((source) => {
    const leaving = flows.filter(
      ({ from, to }) => partOf(from, "sources") === source && partOf(to, "sources") !== source,
    );
    return signalsIn(leaving).map((kind) => {
      const reached = reachedFrom(
        leaving.filter((flow) => flow.kind === kind).map(({ to }) => to),
        flows.filter((flow) => flow.kind === kind),
      );
      const passed = config.components.filter((component) => reached.has(component));
      const destinations = passed.flatMap((component) => partOf(component, "destinations") ?? []);
      return { source, kind, destinations: [...new Set(destinations)] };
    });
  });
}

function reachedFrom(start: readonly Component[], flows: readonly Flow[]): ReadonlySet<Component> {
  const reached = new Set(start);
  // A set that grows while it is gone through is gone through to its end.
  for (const component of reached) {
    for (const { from, to } of flows) if (from === component) reached.add(to);
  }
  return reached;
}
