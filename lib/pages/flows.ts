import { type AlloyConfig, type Component, type Edge, isForwarding } from "../alloy";

/** What goes from one component to another: a signal, or something else that the other one uses. */
export const flowKinds = ["metrics", "logs", "traces", "profiles", "reference"] as const;

export type FlowKind = (typeof flowKinds)[number];

/** What goes from one component to another. */
export interface Flow {
  readonly from: Component;
  readonly to: Component;
  readonly kind: FlowKind;
}

/** What a kind of flow is called in a legend. */
export const flowTitles: Readonly<Record<FlowKind, string>> = {
  metrics: "metrics",
  logs: "logs",
  traces: "traces",
  profiles: "profiles",
  reference: "targets, handlers (no data)",
};

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

/** The kinds of some flows, in the order of a legend. */
export function kindsOf(flows: readonly { readonly kind: FlowKind }[]): readonly FlowKind[] {
  return flowKinds.filter((kind) => flows.some((flow) => flow.kind === kind));
}

/** OpenTelemetry outputs name their signal; a receiver of another system takes that system's only one. */
function kindOf(edge: Edge): FlowKind {
  if (!isForwarding(edge)) return "reference";
  const signal = /(?:^|\.)output\.(\w+)$/.exec(edge.attribute)?.[1];
  const system = /(?:^|\.)(prometheus|loki|pyroscope)(?:\.|$)/.exec(edge.to.definition.name)?.[1];
  return flowKinds.find((kind) => kind === signal) ?? signalOfSystem(system);
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
