import type { Problem } from "../problem";
import type { EnvironmentSource } from "../source";
import { type DiskQueueLimits, defaultQueueSize } from "./delivery";
import { type AddressedDestination, keptFromDisk } from "./to-delivery";

/** Says what is lost where the stability level alone keeps queues from the disk. */
export function memoryQueueNotices(
  destinations: readonly AddressedDestination[],
  limits: DiskQueueLimits,
  source: EnvironmentSource,
): readonly Problem[] {
  return keptFromDisk(destinations, limits).map(({ destination: { name }, settings: { queue } }) =>
    source.problem(
      ["stability"],
      `generally-available has no queue on disk: that of ${name} is in memory, ${queue?.size ?? defaultQueueSize.memory} for each signal, and lost when the agent ends; write public-preview to keep it`,
    ),
  );
}
