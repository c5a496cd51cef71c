import type { AlloyConfig, Component } from "../alloy";
import { type Flow, type FlowKind, flowsOf, kindsOf } from "./flows";
import { placeOf, type Stage } from "./stages";

/** Where the data of one source goes. */
export interface Route {
  /** The source, by its id. */
  readonly source: string;
  readonly kind: Exclude<FlowKind, "reference">;
  /** What it passes between source and destination, in order. */
  readonly processing: readonly Component[];
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
    return kindsOf(leaving)
      .filter((kind) => kind !== "reference")
      .map((kind) => {
        const reached = reachedFrom(
          leaving.filter((flow) => flow.kind === kind).map(({ to }) => to),
          flows.filter((flow) => flow.kind === kind),
        );
        const passed = config.components.filter((component) => reached.has(component));
        const destinations = passed.flatMap((component) => partOf(component, "destinations") ?? []);
        return {
          source,
          kind,
          processing: passed.filter((component) => partOf(component, "processing") !== undefined),
          destinations: [...new Set(destinations)],
        };
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
