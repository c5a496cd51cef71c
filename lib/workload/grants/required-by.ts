import { sortedSet } from "./required";

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
