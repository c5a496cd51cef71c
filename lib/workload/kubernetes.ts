// The typed classes alone: the rest of cdk8s-plus takes 20 ms to load and is not used.
export * as k8s from "cdk8s-plus-28/lib/imports/k8s";
