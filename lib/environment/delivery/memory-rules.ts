import { destinationKey } from "../destinations/destination-sections";
import type { Environment } from "../environment";
import type { Problem } from "../problem";
import { inBaseUnits } from "../resources";

/** Each queue that is in memory, and larger than all the memory that the agent may use. */
export function queuesBeyondMemory({ destinations, resources, source }: Environment): readonly Problem[] {
  const limit = resources?.limits.memory;
  if (limit === undefined) return [];
  return destinations
    .filter(({ queue }) => queue.storage === "memory" && queue.size > inBaseUnits(limit))
    .map(({ name }) =>
      source.problem(
        [...destinationKey(name), "queue", "size"],
        `is more than resources.limits.memory, which is ${limit}, and this queue is in memory; write less, or raise that`,
      ),
    );
}
