import type { k8s } from "cdk8s-plus-28";

// Types alone: loading cdk8s-plus-28 takes longer than synth. So only those whose fields are named, and whose values
// written, as in Kubernetes' own JSON, which cdk8s-plus-28's classes would otherwise see to.

export type Volume = Pick<k8s.Volume, "name" | "configMap" | "hostPath" | "secret">;
export type VolumeMount = k8s.VolumeMount;
export type EnvVar = Pick<k8s.EnvVar, "name" | "value"> & {
  readonly valueFrom?: Pick<k8s.EnvVarSource, "configMapKeyRef" | "fieldRef" | "secretKeyRef">;
};
export type PolicyRule = Omit<k8s.PolicyRule, "nonResourceUrLs">;
export type RoleRef = k8s.RoleRef;
export type Subject = k8s.Subject;
