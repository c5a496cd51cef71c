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
