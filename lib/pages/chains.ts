import type { AlloyConfig, Component } from "../alloy";
import { type Flow, type FlowKind, flowsOf } from "./flows";
import { placeOf, type Stage } from "./stages";

/** Components of one stage, of which each sends its data to the next alone. */
export interface Chain {
  readonly stage: Stage;
  /** Never empty. */
  readonly components: readonly Component[];
}

/** What goes from the last component of a chain to a component of another. */
export interface Link {
  readonly from: Chain;
  readonly to: Chain;
  /** The component that takes it: the first of its chain, unless it is no data. */
  readonly target: Component;
  readonly kind: FlowKind;
}

/** A config as a picture shows it. */
export interface ChainGraph {
  /** In the order of the config's text. */
  readonly chains: readonly Chain[];
  readonly links: readonly Link[];
  /** What goes between all components, inside of chains too. */
  readonly flows: readonly Flow[];
}

/**
 * The chains of a config. Blocks that configure Alloy itself are left out.
 *
 * @throws Error where a component of the data's way is below no stage.
 */
export function chainsOf(config: AlloyConfig): ChainGraph {
  const flows = flowsOf(config);
  const chains: { stage: Stage; components: Component[] }[] = [];
  const chainOf = new Map<Component, (typeof chains)[number]>();
  for (const component of config.components) {
    const stage = placeOf(config, component)?.stage;
    if (stage === undefined) {
      if (flows.some(({ from, to }) => from === component || to === component))
        throw new Error(`${component.address} is below no stage of its pipeline`);
      continue;
    }
    const feeder = onlyFeeder(component, flows);
    let chain = feeder && chainOf.get(feeder);
    if (chain?.stage !== stage) {
      chain = { stage, components: [] };
      chains.push(chain);
    }
    chain.components.push(component);
    chainOf.set(component, chain);
  }
  const links = flows.flatMap(({ from, to, kind }) => {
    const [first, then] = [chainOf.get(from), chainOf.get(to)];
    return first === undefined || then === undefined || first === then
      ? []
      : [{ from: first, to: then, target: to, kind }];
  });
  return { chains, links, flows };
}

/** The one component that all data of another comes from, if its own data goes nowhere else. */
function onlyFeeder(component: Component, flows: readonly Flow[]): Component | undefined {
  const incoming = flows.filter(({ to }) => to === component);
  const data = incoming.filter(({ kind }) => kind !== "reference");
  const [feeder, ...others] = new Set((data.length > 0 ? data : incoming).map(({ from }) => from));
  if (feeder === undefined || others.length > 0) return undefined;
  return flows.every(({ from, to }) => from !== feeder || to === component) ? feeder : undefined;
}
