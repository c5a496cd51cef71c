import type { Volume, VolumeMount } from "./kubernetes";

/** A volume of the pod, and where the agent mounts it. */
export interface OwnVolume {
  readonly volume: Volume;
  readonly mount: VolumeMount;
}

/** What {@link ownVolumes} takes. */
export interface OwnVolumesOptions {
  /** Alloy's storage path, unless it is on the node. */
  readonly scratchPath?: string;
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
