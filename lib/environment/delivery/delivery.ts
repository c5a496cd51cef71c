import type { StabilityLevel } from "../../alloy/requirement";
import type { Duration } from "../../alloy/types";

/** Where data waits for its destination. Each signal has a queue of its own. */
export type Queue =
  | { readonly storage: "none" }
  | {
      readonly storage: "disk" | "memory";
      /** The bytes of each signal's queue, as they are sent before compression. */
      readonly size: number;
      /** New logs wait for room in a full queue. Otherwise they are dropped, as new metrics are in any case. */
      readonly logsWait: boolean;
    };

/** Sends again what a destination did not take for now. */
export interface Retry {
  /** After which data is given up; `0s`: never. */
  readonly maxElapsedTime: Duration;
}

/** How data is kept until its destination has it. */
export interface Delivery {
  readonly queue: Queue;
  /** Absent: nothing is sent twice. */
  readonly retry?: Retry;
}

/** The bytes of a queue for which none are given. A queue in memory takes two and a half times as many of memory. */
export const defaultQueueSize = { disk: "1Gi", memory: "32Mi" } as const;

/** The least bytes of a queue: the samples of a scrape enter it together or not at all. */
export const leastQueueSize = "16Mi";

/** Without a queue, what is sent again holds up everything behind it: then not for ever. Alloy's own default. */
export const retryTimeWithoutQueue = "5m";

/** What decides whether a queue can be on the node's disk. */
export interface DiskQueueLimits {
  /** The highest level that the environment allows. @default - any */
  readonly stability?: StabilityLevel | undefined;
  /** Absent: nothing is kept on the node. */
  readonly storagePath?: string | undefined;
}

/** Whether a queue can be on the node's disk: `otelcol.storage.file` is a public preview, and needs a place. */
export function allowsDiskQueues({ stability, storagePath }: DiskQueueLimits): boolean {
  return stability !== "generally-available" && storagePath !== undefined;
}
