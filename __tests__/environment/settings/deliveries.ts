import type { Delivery } from "../../../lib/environment";

/** By default, in the cluster, where nothing else takes logs. */
export const alone: Delivery = {
  queue: { storage: "memory", size: 32 * 2 ** 20, logsWait: true },
  retry: { maxElapsedTime: "0s" },
};

/** By default, in the cluster, beside another destination of logs. */
export const beside: Delivery = {
  queue: { storage: "memory", size: 32 * 2 ** 20, logsWait: false },
  retry: { maxElapsedTime: "0s" },
};

/** By default, outside of the cluster, beside another destination of logs. */
export const outside: Delivery = {
  queue: { storage: "disk", size: 2 ** 30, logsWait: false },
  retry: { maxElapsedTime: "0s" },
};
