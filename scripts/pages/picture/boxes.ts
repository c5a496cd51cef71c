import type { AlloyConfig, Component } from "../../../lib/alloy";
import { listed } from "../markdown";
import {
  type DataFlow,
  flowsOf,
  isData,
  placeOf,
  type Signal,
  type Stage,
  signalsIn,
  stages,
} from "../routes";

/** Components that stand together: a source, a destination, or processing in which each sends to the next alone. */
export interface Box {
  readonly stage: Stage;
  readonly title: string;
  /** In the order of the config's text; never empty. */
  readonly steps: readonly Step[];
}

/** A component with the signals that it takes or sends: none where it only helps others, as a file or a handler does. */
export interface Step {
  readonly component: Component;
  readonly signals: readonly Signal[];
}

/** A signal that goes from one box to another. */
export interface Link {
  readonly from: Box;
  readonly to: Box;
  readonly kind: Signal;
}

/** A config in boxes. */
export interface Boxes {
  /** In the order of the config's text; in each stage, what its parts share comes last. */
  readonly boxes: readonly Box[];
  /** Each once. */
  readonly links: readonly Link[];
}

/** The title of a box whose components no data passes: they help those of other boxes. */
export const sharedTitle = "shared";

/**
 * The boxes of a config. Blocks that configure Alloy itself are left out.
 *
 * @throws Error where a component of the data's way is below no stage.
 */
export function boxesOf(config: AlloyConfig): Boxes {
  const all = flowsOf(config);
  const flows = all.filter(isData);
  const groups = new Map<string, { readonly stage: Stage; readonly part: string; readonly steps: Step[] }>();
  const keys = new Map<Component, string>();
  for (const component of config.components) {
    const place = placeOf(config, component);
    if (place === undefined) {
      if (all.some(({ from, to }) => from === component || to === component)) {
        throw new Error(`${component.address} is below no stage of its pipeline`);
      }
      continue;
    }
    const { stage, part } = place;
    const before = stage === "processing" ? onlyFeeder(component, flows) : undefined;
    const key = stage === "processing" ? ((before && keys.get(before)) ?? component.address) : part;
    if (stage === "processing") keys.set(component, key);
    const group = groups.get(`${stage} ${key}`) ?? { stage, part, steps: [] };
    groups.set(`${stage} ${key}`, group);
    const touching = flows.filter(({ from, to }) => from === component || to === component);
    group.steps.push({ component, signals: signalsIn(touching) });
  }
  const boxes = stages.flatMap((stage) =>
    titled([...groups.values()].filter((group) => group.stage === stage)),
  );
  return { boxes, links: linksBetween(boxes, flows) };
}

/** The one component that all data of another comes from, if its own data goes nowhere else. */
function onlyFeeder(component: Component, flows: readonly DataFlow[]): Component | undefined {
  const [feeder, ...others] = new Set(flows.filter(({ to }) => to === component).map(({ from }) => from));
  if (feeder === undefined || others.length > 0) return undefined;
  return flows.every(({ from, to }) => from !== feeder || to === component) ? feeder : undefined;
}

/** Gives the groups of a stage their titles, and makes one box of those that no data passes. */
function titled(groups: readonly (Omit<Box, "title"> & { readonly part: string })[]): readonly Box[] {
  const boxes = groups.flatMap(({ stage, part, steps }): readonly Box[] => {
    const signals = signalsIn(steps.flatMap((step) => step.signals.map((kind) => ({ kind }))));
    if (signals.length === 0) return [];
    return [{ stage, title: stage === "processing" ? listed(signals) : part, steps }];
  });
  const drawn = new Set(boxes.flatMap(({ steps }) => steps));
  const shared = groups.flatMap(({ steps }) => steps.filter((step) => !drawn.has(step)));
  const [stage] = groups.map((group) => group.stage);
  return stage === undefined || shared.length === 0
    ? boxes
    : [...boxes, { stage, title: sharedTitle, steps: shared }];
}

function linksBetween(boxes: readonly Box[], flows: readonly DataFlow[]): readonly Link[] {
  const boxOf = new Map(boxes.flatMap((box) => box.steps.map(({ component }) => [component, box] as const)));
  const links: Link[] = [];
  for (const flow of flows) {
    const { kind } = flow;
    const [from, to] = [boxOf.get(flow.from), boxOf.get(flow.to)];
    if (from === undefined || to === undefined || from === to) continue;
    if (links.some((link) => link.from === from && link.to === to && link.kind === kind)) continue;
    links.push({ from, to, kind });
  }
  return links;
}
