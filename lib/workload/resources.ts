import { memoryShares } from "../environment/memory";
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

/**
 * Says what the containers ask for and may use, unless the chart's values do, and tells Go what the agent may use: 90 % of
 * its memory, beyond which Go frees memory ever sooner, and its processors, rounded up and two at least, as Go does by
 * itself. It can't here: the node's `/sys` hides the container's own cgroup (run: it reads no limit there).
 */
export function limitResources(daemonSet: RenderedDaemonSet, options: ResourceOptions): void {
  const { chartValues, reloader, resources } = options;
  const agent = daemonSet.container(agentContainer);
  if (resources !== undefined) {
    agent.addDefaults({ resources });
  }
  const [memory, cpu] = [agent.limit("memory"), agent.limit("cpu")];
  if (memory !== undefined) {
    agent.addDefaultVariable("GOMEMLIMIT", `${Math.floor((memory * memoryShares.go) / 2 ** 20)}MiB`);
  }
  if (cpu !== undefined) {
    agent.addDefaultVariable("GOMAXPROCS", String(Math.max(2, Math.ceil(cpu))));
  }
  // A limit beside a request that is more would be refused.
  if (reloader && !hasValue(chartValues, ["configReloader", "resources"])) {
    daemonSet.container(reloaderContainer).addDefaults({ resources: reloaderResources });
  }
}
