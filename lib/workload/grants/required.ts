import type { Requirement, RequirementOf } from "../../alloy";
import { sortedSet } from "../../schema";

/** A requirement of a known kind, and the component that has it. */
export interface Required<R extends Requirement> extends RequirementOf {
  readonly requirement: R;
}

/** The requirements of one kind. */
export function requiredOf<K extends Requirement["kind"]>(
  requirements: readonly RequirementOf[],
  kind: K,
): readonly Required<Extract<Requirement, { kind: K }>>[] {
  return requirements.filter(
    (candidate): candidate is Required<Extract<Requirement, { kind: K }>> =>
      candidate.requirement.kind === kind,
  );
}

/** The annotation that says, for each thing that an object grants, which of Alloy's components want it. */
export const requiredByAnnotation = "alloy-config/required-by";

/** Something granted, in a few words, and the components that want it. */
export interface Grant {
  readonly what: string;
  readonly components: readonly string[];
}

/** A sorted line for each grant, such as `mount /proc: prometheus.exporter.unix.node`. */
export function requiredBy(grants: readonly Grant[]): string {
  return sortedSet(grants.map(({ what, components }) => `${what}: ${sortedSet(components).join(", ")}`)).join(
    "\n",
  );
}

/** Why a pod has what neither a component nor another prop asks for. */
export const byChartValues = "chart values";

/** {@link byChartValues}, as the only one that wants something. */
export const ofChartValues = [byChartValues];
