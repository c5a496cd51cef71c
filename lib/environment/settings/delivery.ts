import * as z from "zod/mini";
import type { Duration, StabilityLevel } from "../../alloy";
import {
  bytesOf,
  durationPattern,
  inBaseUnits,
  isDuration,
  largestSize,
  meantBytes,
  meantDuration,
  quantityPattern,
} from "../../schema";
import { defaulted, mistakes, oneOf, optional, section, worded, yesOrNo } from "../schema/setting-types";
import { type Destination, signalUrl } from "./destination";

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

/** How data that a destination did not take for now is sent again. */
export interface Retry {
  /** The time after which data is dropped; `0s`: never. */
  readonly maxElapsedTime: Duration;
}

/** How data is kept until its destination has it. */
export interface Delivery {
  readonly queue: Queue;
  /** Absent: nothing is sent twice. */
  readonly retry?: Retry | undefined;
}

/** The default size of a queue. One in memory takes two and a half times its size of memory. */
export const defaultQueueSize = { disk: "1Gi", memory: "32Mi" } as const;

/** The least bytes of a queue: the samples of a scrape enter it together or not at all. */
const leastQueueSize = "16Mi";

/** How long data is sent again without a queue: not for ever, since all that comes after it waits. Alloy's own default. */
const retryTimeWithoutQueue = "5m";

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

/** Where a queue can be. */
const queueStorages = ["disk", "memory", "none"] as const;

/** A queue's size in bytes: a number, or a text with a unit. */
function queueSize() {
  return worded(
    z
      .union([z.number(), z.string().check(z.meta({ pattern: quantityPattern.source }))], {
        error: `is no size; write ${ofSizes}`,
      })
      .check(mistakes((size) => sizeMistakes(String(size)))),
    `quantity from \`${leastQueueSize}\``,
  );
}

const ofSizes = `a number of bytes with a unit, from ${leastQueueSize} to ${largestSize}, such as 512Mi`;

function sizeMistakes(size: string): readonly string[] {
  const bytes = inBaseUnits(size);
  if (Number.isNaN(bytes)) {
    const meant = meantBytes(size);
    const wrong = meant === undefined ? [] : sizeMistakes(meant);
    return wrong.length > 0 ? wrong : [`is no size; write ${meant ?? ofSizes}`];
  }
  const isWithin = bytes >= inBaseUnits(leastQueueSize) && bytes <= inBaseUnits(largestSize);
  return isWithin && Number.isInteger(bytes) ? [] : [`is no size that a queue can have; write ${ofSizes}`];
}

/** A duration, or none. */
function duration() {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "number" ? durationMistakes(String(input))[0] : undefined;
  return worded(
    z
      .string({ error })
      .check(mistakes(durationMistakes), z.meta({ pattern: `${durationPattern.source}|^none$` })),
    "duration, or `none` (`0s`) for no limit",
  );
}

function durationMistakes(time: string): readonly string[] {
  if (isDuration(time) || time === "none") return [];
  const tooLong = "is more than 292 years, which Alloy can't count; write less, or none for no limit";
  if (durationPattern.test(time)) return [tooLong];
  const meant = meantDuration(time) ?? "a number with h, m or s, such as 30m, or none for no limit";
  return [`is no duration; write ${meant}`];
}

/** What waits for a destination. */
const queue = section(
  {
    storage: optional(oneOf(queueStorages), {
      description: "Where data waits for the destination: on the node's disk, in memory, or nowhere.",
      unset: "disk outside of the cluster, memory inside",
    }),
    size: optional(queueSize(), {
      description: "Bytes of each signal's queue, as they are sent before compression.",
      unset: `${defaultQueueSize.disk} on disk, ${defaultQueueSize.memory} in memory`,
      example: "512Mi",
    }),
    when_full: optional(oneOf(["wait", "drop"]), {
      description:
        "What becomes of new logs when their queue is full: they wait, and with them those for all other destinations, or they are dropped. Metrics are always dropped.",
      unset: "logs wait where they go nowhere else",
    }),
  },
  "What waits for the destination while it is slow or away.",
);

/** What is sent again. */
const retry = section(
  {
    enabled: defaulted(yesOrNo(), true, {
      description: "false: what the destination doesn't take at once is dropped.",
    }),
    max_elapsed_time: optional(duration(), {
      description: "How long data is sent again before it is dropped. none or 0s: until it is taken.",
      unset: `none, or ${retryTimeWithoutQueue} without a queue`,
      example: "24h",
    }),
  },
  "What is sent again.",
);

/** The settings for delivery, which all destinations have. */
export const deliverySettings = { queue, retry };

/** The settings of {@link deliverySettings} that a destination has. */
export interface DeliverySettings {
  readonly queue: z.output<typeof queue>;
  readonly retry: z.output<typeof retry>;
}

/** A destination whose queue and retries are not decided yet. */
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
    return { ...destination, queue, retry };
  });
}

/** The destinations whose queue would be on disk if the environment's stability level allowed it. */
export function queuesMovedToMemory(
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
  const bytes = bytesOf(String(size ?? defaultQueueSize[storage])) ?? 0;
  return { storage, size: bytes, logsWait: (when_full ?? whenFull) === "wait" };
}

function retryOf(settings: DeliverySettings["retry"], { storage }: Queue): Retry | undefined {
  if (!settings.enabled) return undefined;
  const time = settings.max_elapsed_time ?? (storage === "none" ? retryTimeWithoutQueue : "none");
  return { maxElapsedTime: isDuration(time) ? time : "0s" };
}
