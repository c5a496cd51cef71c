import type { k8s } from "cdk8s-plus-28";

// Types alone: loading cdk8s-plus-28 takes longer than synth. So only those whose fields are named, and whose values
// written, as in Kubernetes' own JSON, which cdk8s-plus-28's classes would otherwise see to.

export type Volume = Pick<k8s.Volume, "name" | "configMap" | "emptyDir" | "hostPath"> & {
  readonly projected?: { readonly sources: readonly VolumeProjection[] };
};
type VolumeProjection = Pick<k8s.VolumeProjection, "configMap" | "secret" | "serviceAccountToken"> & {
  readonly downwardAPI?: k8s.DownwardApiProjection;
};
export type VolumeMount = k8s.VolumeMount;
export type EnvVar = Pick<k8s.EnvVar, "name" | "value"> & {
  readonly valueFrom?: Pick<k8s.EnvVarSource, "configMapKeyRef" | "fieldRef" | "secretKeyRef">;
};
/** How much of a node's processor and memory a container asks for and may use, in Kubernetes' quantities. */
export interface Resources {
  readonly requests?: ResourceAmounts;
  readonly limits?: ResourceAmounts;
}
export interface ResourceAmounts {
  readonly cpu?: string;
  readonly memory?: string;
}
export interface ContainerDefaults extends Pick<k8s.Container, "securityContext"> {
  readonly resources?: Resources;
}
export type PodDefaults = Pick<
  k8s.PodSpec,
  "affinity" | "automountServiceAccountToken" | "nodeSelector" | "priorityClassName" | "tolerations"
>;
export type NodeSelectorRequirement = k8s.NodeSelectorRequirement;
export type PolicyRule = Omit<k8s.PolicyRule, "nonResourceUrLs">;
export type RoleRef = k8s.RoleRef;
export type Subject = k8s.Subject;

/** The namespace that charts are rendered for, whatever the agent's: the objects in it are the agent's. */
export const renderNamespace = "monitoring";

/** The Helm release that the chart is rendered for; the chart names its objects after it. */
export const releaseName = "alloy";

/**
 * A name for the agent's cluster-scoped objects, and for those in namespaces of others. Each agent has its own, and no
 * `helm install` makes such a name: releases have no colons. RBAC's names may have what a path's segment may.
 *
 * @param namespace of the agent
 * @param name of the agent's DaemonSet
 */
export function nameBeyondNamespace(namespace: string, name: string): string {
  return `aistore-alloy:${namespace}:${name}`;
}

/** The lowest Kubernetes version that the manifests are for: what the chart is told, and cdk8s-plus-28's types. */
export const kubernetesVersion = "1.28.0";

/** The ConfigMap that holds Alloy's configuration. */
export const defaultConfigMapName = "alloy-config";

/** The key of the configuration in its ConfigMap. */
export const defaultConfigMapKey = "config.alloy";

/** The ConfigMap of empty files that stand for those of Secrets. */
export const secretPlaceholdersName = "alloy-secret-placeholders";

/** The chart's name for Alloy's container. */
export const agentContainer = "alloy";

/** The chart's name for the sidecar that reloads Alloy when a file changes. */
export const reloaderContainer = "config-reloader";

/** A workload that cannot be built, told in words for the operator. */
export class WorkloadError extends Error {
  override readonly name: string = "WorkloadError";
}

/** A chart, or a render of it, that is missing or not what was pinned or recorded. */
export class ChartError extends WorkloadError {
  override readonly name: string = "ChartError";
}

/** A chart that does not render with the values that it is given. */
export class RefusedValuesError extends ChartError {
  override readonly name = "RefusedValuesError";
}

/** The share of the container's memory limit that Go is told of, as GOMEMLIMIT: near it, memory is freed ever sooner. */
export const goMemoryShare = 0.9;

/** The chart's name for the port of Alloy's UI. */
export const uiPortName = "http-metrics";

/** The chart's port for Alloy's UI. */
export const usualUiPort = 12345;
