import type { Construct } from "constructs";
import type { OtelcolQueueArguments, OtelcolRetryArguments } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolStorageFile } from "../../../imports/alloy/otelcol.storage";
import type { Expression, ExtensionHandler } from "../../alloy";
import type { Delivery, Destination, Queue, Signal } from "../../environment";

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

/** The arguments of an exporter by which it keeps its data until the destination has it. */
export interface DeliveryArguments {
  readonly sendingQueue: OtelcolQueueArguments;
  readonly retryOnFailure?: OtelcolRetryArguments | undefined;
}

/** For how long Alloy sends data again by itself: where that is wanted, nothing is written. */
export const alloysRetryTime = "5m";

/**
 * The bytes of a request, before compression. Of logs, receivers take so many at least: Loki's gRPC 4 MiB, beyond which it
 * answers 500, and its OTLP handler then 503, so that a larger batch would be sent again for ever. Of metrics, Prometheus
 * refuses a request as a whole for one sample that comes late, so that a request is no larger than it need be.
 */
const batches = {
  logs: { sizer: "bytes", minSize: 2 ** 20, maxSize: 2 * 2 ** 20 },
  metrics: { sizer: "bytes", minSize: 2 ** 17, maxSize: 2 * 2 ** 17 },
} satisfies Readonly<Record<Signal, object>>;

/**
 * Instead of a queue: what comes in waits until the destination has it. It goes through the queue's code, which alone
 * parts what is larger than a request may be, and is not counted: nothing but what is being sent is in there.
 */
const passThroughQueue: OtelcolQueueArguments = {
  sizer: "bytes",
  queueSize: 2 ** 30,
  blockOnOverflow: true,
  waitForResult: true,
};

/**
 * How an exporter of one signal keeps its data.
 *
 * What comes in when the queue is full either waits, and all sources of the signal with it, or is dropped. Metrics
 * never wait: the scrapes would, and their samples be lost for every destination.
 *
 * @param disk where queues on disk are; needed by those alone
 */
export function deliveryArguments(
  { queue, retry }: Delivery,
  signal: Signal,
  disk: Expression<ExtensionHandler> | undefined,
): DeliveryArguments {
  const retryOnFailure = retryArguments(retry);
  return {
    sendingQueue: queueArguments(queue, signal, disk),
    retryOnFailure,
  };
}

/**
 * Behind the queue, batches hold nothing that the queue has let go: it forgets data once it is delivered.
 *
 * Time series have one consumer, which sends what waits in its order. With Alloy's ten, an outage's batches arrive in
 * any order, and Prometheus refuses a request for good at its first sample that is older than what it has.
 */
function queueArguments(
  queue: Queue,
  signal: Signal,
  disk: Expression<ExtensionHandler> | undefined,
): OtelcolQueueArguments {
  const consumers = signal === "metrics" ? { numConsumers: 1 } : {};
  if (queue.storage === "none") {
    return { ...consumers, ...passThroughQueue, batch: { ...batches[signal], minSize: 0 } };
  }
  return {
    ...consumers,
    sizer: "bytes",
    queueSize: queue.size,
    blockOnOverflow: signal === "logs" && queue.logsWait ? true : undefined,
    storage: queue.storage === "disk" ? disk : undefined,
    batch: batches[signal],
  };
}

function retryArguments(retry: Delivery["retry"]): OtelcolRetryArguments | undefined {
  if (retry === undefined) return { enabled: false };
  return retry.maxElapsedTime === alloysRetryTime ? undefined : { maxElapsedTime: retry.maxElapsedTime };
}
