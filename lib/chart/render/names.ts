// What the chart and this project call things, and the errors of both.

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

/** Kubernetes' Pod Security levels, from the one that admits the least. */
export const podSecurityLevels = ["restricted", "baseline", "privileged"] as const;

export type PodSecurityLevel = (typeof podSecurityLevels)[number];
