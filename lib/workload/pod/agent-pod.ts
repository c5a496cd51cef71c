import { agentContainer, reloaderContainer, type Volume, type VolumeMount } from "../../chart";
import type { PodGrants } from "../grants/pod-grants";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

/** A volume of the pod, and where the agent mounts it. */
export interface OwnVolume {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

/** What {@link ownVolumes} takes. */
export interface OwnVolumesOptions {
  /** Alloy's storage path, unless it is on the node. */
  readonly scratchPath?: string | undefined;
  /** Whether a component uses the Kubernetes API. */
  readonly apiAccess: boolean;
}

/** Volumes that hold nothing of the node: what Alloy writes and may lose, and the token for the Kubernetes API. */
export function ownVolumes({ scratchPath, apiAccess }: OwnVolumesOptions): readonly OwnVolume[] {
  return [
    ...(scratchPath === undefined ? [] : [scratch(scratchPath)]),
    ...(apiAccess ? [serviceAccountToken] : []),
  ];
}

/** Alloy makes its storage path when it starts, in a file system that is read-only otherwise. */
function scratch(mountPath: string): OwnVolume {
  const name = "storage";
  return { volume: { name, emptyDir: {} }, mount: { name, mountPath } };
}

/** With its default written: the server sets it, and each apply would take it away again, since the list is replaced as a whole. */
const namespaceField = { apiVersion: "v1", fieldPath: "metadata.namespace" };

const tokenVolume = "service-account-token";

/**
 * What Kubernetes mounts into every container of a pod with `automountServiceAccountToken`, for the agent alone: the
 * sidecar has no use for it.
 */
const serviceAccountToken: OwnVolume = {
  volume: {
    name: tokenVolume,
    projected: {
      sources: [
        { serviceAccountToken: { path: "token", expirationSeconds: 3600 } },
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        { downwardAPI: { items: [{ path: "namespace", fieldRef: namespaceField }] } },
      ],
    },
  },
  mount: {
    name: tokenVolume,
    mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
    readOnly: true,
  },
};

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
    for (const mount of mounts) agent.addMount(mount);
  }
  for (const { volume, mount } of ownVolumes) {
    daemonSet.addVolume(volume);
    agent.addMount(mount);
  }
  for (const { name, fieldPath } of grants.variables) {
    agent.addVariable({ name, valueFrom: { fieldRef: { fieldPath } } });
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
  if (!container.hasArgument("--listen-address")) container.addArgument("--listen-address", address);
}
