import type { Destination } from "../destinations/destination";
import { signalUrl } from "../destinations/signal-url";
import { bytesOf } from "./byte-size";
import {
  allowsDiskQueues,
  type Delivery,
  type DiskQueueLimits,
  defaultQueueSize,
  type Queue,
  type Retry,
  retryTimeWithoutQueue,
} from "./delivery";
import type { DeliverySettings } from "./delivery-settings";
import { isDuration } from "./duration";

/** A destination before it is known how its data is kept. */
export interface AddressedDestination {
  readonly destination: Omit<Destination, keyof Delivery>;
  readonly settings: DeliverySettings;
  /** It is not in the cluster: by default its queue is on disk. */
  readonly outside: boolean;
}

/** All destinations, each with how its data is kept: as it is set, or by default. */
export function withDelivery(
  addressed: readonly AddressedDestination[],
  limits: DiskQueueLimits,
): readonly Destination[] {
  const takesLogs = (urls: AddressedDestination["destination"]) => signalUrl(urls, "logs") !== undefined;
  const takers = addressed.filter(({ destination }) => takesLogs(destination));
  return addressed.map(({ destination, settings, outside }) => {
    const storage = settings.queue.storage ?? (outside && allowsDiskQueues(limits) ? "disk" : "memory");
    // Where logs go elsewhere too, to wait for one destination would keep them from the others.
    const hasLogsAlone = takers.length === 1 && takesLogs(destination);
    const queue = queueOf(storage, settings.queue, hasLogsAlone ? "wait" : "drop");
    const retry = retryOf(settings.retry, queue);
    return { ...destination, queue, ...(retry && { retry }) };
  });
}

/** The destinations whose queue would be on disk if the environment's stability level allowed it. */
export function keptFromDisk(
  addressed: readonly AddressedDestination[],
  { stability, storagePath }: DiskQueueLimits,
): readonly AddressedDestination[] {
  if (allowsDiskQueues({ stability, storagePath }) || !allowsDiskQueues({ storagePath })) return [];
  return addressed.filter(({ outside, settings }) => outside && settings.queue.storage === undefined);
}

function queueOf(
  storage: Queue["storage"],
  { size, when_full }: DeliverySettings["queue"],
  whenFull: "wait" | "drop",
): Queue {
  if (storage === "none") return { storage };
  const bytes = bytesOf(size ?? defaultQueueSize[storage]) ?? 0;
  return { storage, size: bytes, logsWait: (when_full ?? whenFull) === "wait" };
}

function retryOf(settings: DeliverySettings["retry"], { storage }: Queue): Retry | undefined {
  if (!settings.enabled) return undefined;
  const time = settings.max_elapsed_time ?? (storage === "none" ? retryTimeWithoutQueue : "none");
  return { maxElapsedTime: isDuration(time) ? time : "0s" };
}
