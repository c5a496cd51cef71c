import * as z from "zod/mini";
import { defaulted, optional, section, worded } from "../setting";
import { oneOf, yesOrNo } from "../setting-types";
import { bytesOf } from "./byte-size";
import { defaultQueueSize, leastQueueSize, retryTimeWithoutQueue } from "./delivery";
import { isDuration } from "./duration";

/** Where a queue can be. */
export const queueStorages = ["disk", "memory", "none"] as const;

/** A queue's size in bytes. */
function queueSize() {
  const error = `is no size from ${leastQueueSize}; write a number of bytes with a unit, such as 512Mi`;
  const least = bytesOf(leastQueueSize) ?? 0;
  return worded(
    z.string().check(z.refine((size) => (bytesOf(size) ?? 0) >= least, { error })),
    `quantity from \`${leastQueueSize}\``,
  );
}

/** A duration, or none. */
function duration() {
  const error = "is no duration; write a number with h, m or s, such as 30m, or none for no limit";
  return worded(
    z.string().check(z.refine((time) => isDuration(time) || time === "none", { error })),
    "duration, or `none` (`0s`) for no limit",
  );
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

/** The settings of a destination that say how it gets its data, wherever it is. */
export const deliverySettings = { queue, retry };

/** The settings of {@link deliverySettings} that a destination has. */
export interface DeliverySettings {
  readonly queue: z.output<typeof queue>;
  readonly retry: z.output<typeof retry>;
}
