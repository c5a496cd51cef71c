// Package k8sattributesprocessor has nothing: Alloy names it for a feature gate, which stays as it is here. The
// processor would bring the clients of Kubernetes.
package k8sattributesprocessor
