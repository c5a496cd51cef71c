import type { PodGrants } from "./grants/pod-grants";
import { agentContainer, reloaderContainer } from "./names";
import type { OwnVolume } from "./own-volumes";
import type { RenderedDaemonSet } from "./rendered/rendered-daemon-set";

/** What {@link grantToPod} takes. */
export interface AgentPodOptions {
  readonly grants: PodGrants;
  /** Those that no component asks for. */
  readonly ownVolumes: readonly OwnVolume[];
  /** Where Alloy keeps its data, on the node or not. */
  readonly storagePath: string;
}

/**
 * Gives the agent's pod what its components require.
 *
 * @throws WorkloadError when the chart renders a pod that this doesn't fit
 */
export function grantToPod(daemonSet: RenderedDaemonSet, options: AgentPodOptions): void {
  const { grants, ownVolumes, storagePath } = options;
  const agent = daemonSet.container(agentContainer);
  for (const { volume, mounts } of [...grants.volumes, ...grants.secrets]) {
    daemonSet.addVolume(volume);
    for (const mount of mounts) {
      agent.addMount(mount);
    }
  }
  for (const { volume, mount } of ownVolumes) {
    daemonSet.addVolume(volume);
    agent.addMount(mount);
  }
  agent.limitCapabilities(grants.capabilities.map(({ capability }) => capability));
  agent.setArgument("--stability.level", grants.stability.level);
  agent.setArgument("--storage.path", storagePath);
}

/**
 * Has the sidecar serve its metrics at an address, or nowhere: then it says so, since on the node's network a port that
 * another version may come to open could be taken. An address in the chart's values stands.
 */
export function listenOnlyAt(daemonSet: RenderedDaemonSet, address: string): void {
  const container = daemonSet.container(reloaderContainer);
  if (!container.hasArgument("--listen-address")) {
    container.addArgument("--listen-address", address);
  }
}
