import { hasValue } from "../environment/plain-settings";
import type { ChartValues } from "./chart-values";
import type { PodDefaults } from "./kubernetes";
import type { RenderedDaemonSet } from "./rendered/rendered-daemon-set";

/** What {@link schedule} takes. */
export interface SchedulingOptions {
  readonly chartValues: ChartValues;
  /** How many nodes' agents are replaced at a time: a number or a percentage, rounded up. */
  readonly maxUnavailable: number | string;
}

/**
 * An agent belongs on every node that runs containers of Linux, whatever else is kept off it. When a node is short, it
 * is among the last to go.
 */
const podDefaults = {
  tolerations: [{ operator: "Exists" }],
  priorityClassName: "system-node-critical",
  nodeSelector: { "kubernetes.io/os": "linux" },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          // A virtual node has no paths to mount.
          { matchExpressions: [{ key: "type", operator: "NotIn", values: ["virtual-kubelet"] }] },
        ],
      },
    },
  },
} satisfies PodDefaults;

/** Says where the agent runs and how it is replaced, each unless the chart's values do. */
export function schedule(daemonSet: RenderedDaemonSet, options: SchedulingOptions): void {
  const { chartValues, maxUnavailable } = options;
  const unsaid = Object.entries(podDefaults).filter(([name]) => !hasValue(chartValues, ["controller", name]));
  daemonSet.addDefaults(Object.fromEntries(unsaid));
  if (!hasValue(chartValues, ["controller", "updateStrategy"])) {
    daemonSet.updateInTurn(maxUnavailable);
  }
}
