import type { Construct } from "constructs";
import { OtelcolStorageFile } from "../../../imports/alloy/otelcol.storage";
import type { Expression, ExtensionHandler } from "../../alloy";
import type { Destination } from "../../environment";

/**
 * Where the queues on disk are: a file for each in a folder of the component's own, below Alloy's storage path.
 *
 * A file grows as its queue does and doesn't shrink by itself. After an outage, when little is left in it, it is
 * written anew; that takes no more room than what is left. At a start it is not, which could take all of its size again.
 *
 * @returns undefined if no destination has its queue on disk
 */
export function diskQueues(
  scope: Construct,
  destinations: readonly Destination[],
): Expression<ExtensionHandler> | undefined {
  if (!destinations.some(({ queue }) => queue.storage === "disk")) return undefined;
  return new OtelcolStorageFile(scope, "queues", { compaction: { onRebound: true, cleanupOnStart: true } })
    .handler;
}
