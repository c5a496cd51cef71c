import * as z from "zod/mini";
import type { SettingHelp } from "../setting-types";
import { bytesOf } from "./byte-size";
import { defaultQueueSize, leastQueueSize, retryTimeWithoutQueue } from "./delivery";
import { isDuration } from "./duration";

/** Where a queue can be. */
export const queueStorages = ["disk", "memory", "none"] as const;

/** A queue's size in bytes. */
function queueSize(help: SettingHelp) {
  const error = `is no size from ${leastQueueSize}; write a number of bytes with a unit, such as 512Mi`;
  const least = bytesOf(leastQueueSize) ?? 0;
  return z.string().check(
    z.refine((size) => (bytesOf(size) ?? 0) >= least, { error }),
    z.meta({ ...help }),
  );
}

/** A duration, or none. */
function duration(help: SettingHelp) {
  const error = "is no duration; write a number with h, m or s, such as 30m, or none for no limit";
  return z.string().check(
    z.refine((time) => isDuration(time) || time === "none", { error }),
    z.meta({ ...help }),
  );
}

/** What waits for a destination. */
export const queue = z.strictObject({
  storage: z
    .exactOptional(z.enum(queueStorages))
    .check(
      z.describe(
        "Where data waits for the destination: on the node's disk, in memory, or nowhere. Unset: disk outside of the cluster, memory inside.",
      ),
    ),
  size: z.exactOptional(
    queueSize({
      description: `Bytes of each signal's queue, as they are sent before compression. Unset: ${defaultQueueSize.disk} on disk, ${defaultQueueSize.memory} in memory.`,
      examples: ["512Mi"],
    }),
  ),
  when_full: z
    .exactOptional(z.enum(["wait", "drop"]))
    .check(
      z.describe(
        "What becomes of new logs when their queue is full: they wait, and with them those for all other destinations, or they are dropped. Metrics are always dropped. Unset: logs wait where they go nowhere else.",
      ),
    ),
});

/** What is sent again. */
export const retry = z.strictObject({
  enabled: z.exactOptional(
    z
      .boolean()
      .check(z.describe("false: what the destination doesn't take at once is dropped. Unset: true.")),
  ),
  max_elapsed_time: z.exactOptional(
    duration({
      description: `How long data is sent again before it is dropped. none or 0s: until it is taken. Unset: none, or ${retryTimeWithoutQueue} without a queue.`,
      examples: ["24h", "none"],
    }),
  ),
});

/** The settings of a destination that say how it gets its data, wherever it is. */
export const deliverySettings = {
  queue: z.exactOptional(queue).check(z.describe("What waits for the destination while it is slow or away.")),
  retry: z.exactOptional(retry).check(z.describe("What is sent again.")),
};

/** The settings of {@link deliverySettings} that a destination has. */
export interface DeliverySettings {
  readonly queue?: z.output<typeof queue>;
  readonly retry?: z.output<typeof retry>;
}
