import type { AlloyConfig, Component } from "../alloy";

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
  const [id, part = ""] = scopes.slice(scopes.indexOf(config) + 1).map(({ node }) => node.id);
  const stage = stages.find((one) => one === id);
  return stage === undefined ? undefined : { stage, part };
}
