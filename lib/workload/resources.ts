import { hasValue } from "../environment/plain-settings";
import type { ChartValues } from "./chart-values";
import type { Resources } from "./kubernetes";
import { agentContainer, reloaderContainer } from "./names";
import type { RenderedDaemonSet } from "./rendered/rendered-daemon-set";

/** What {@link limitResources} takes. */
export interface ResourceOptions {
  readonly chartValues: ChartValues;
  /** Whether the chart's sidecar runs. */
  readonly reloader: boolean;
  /** Of the agent. @default - what the chart renders */
  readonly resources?: Resources;
}

/** The sidecar watches some files and sends a request now and then. The chart says what it asks for. */
const reloaderResources: Resources = { limits: { cpu: "100m", memory: "100Mi" } };

/** Says what the containers ask for and may use, unless the chart's values do. */
export function limitResources(daemonSet: RenderedDaemonSet, options: ResourceOptions): void {
  const { chartValues, reloader, resources } = options;
  if (resources !== undefined) {
    daemonSet.container(agentContainer).addDefaults({ resources });
  }
  // A limit beside a request that is more would be refused.
  if (reloader && !hasValue(chartValues, ["configReloader", "resources"])) {
    daemonSet.container(reloaderContainer).addDefaults({ resources: reloaderResources });
  }
}
