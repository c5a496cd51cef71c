/** A label of a pod's log, from what discovery knows of the container, and the attributes that it becomes. */
export interface PodLogLabel {
  /** The label that `discovery.kubernetes` sets. */
  readonly meta: string;
  /** The label that stands for it in the log's labels, and so in the record's attributes. */
  readonly label: string;
  /** The resource attributes. */
  readonly attributes: readonly string[];
}

/** What is known of the container that wrote a log; the controller and the service have rules of their own. */
export const podLogLabels: readonly PodLogLabel[] = [
  {
    meta: "__meta_kubernetes_namespace",
    label: "namespace",
    attributes: ["k8s.namespace.name", "service.namespace"],
  },
  { meta: "__meta_kubernetes_pod_name", label: "pod", attributes: ["k8s.pod.name"] },
  { meta: "__meta_kubernetes_pod_container_name", label: "container", attributes: ["k8s.container.name"] },
  { meta: "__meta_kubernetes_pod_container_image", label: "image", attributes: ["k8s.container.image"] },
  { meta: "__meta_kubernetes_pod_controller_kind", label: "controller_kind", attributes: [] },
  { meta: "__meta_kubernetes_pod_controller_name", label: "controller_name", attributes: [] },
  {
    meta: "__meta_kubernetes_pod_label_app_kubernetes_io_component",
    label: "component",
    attributes: ["component"],
  },
  { meta: "__meta_kubernetes_pod_node_name", label: "node", attributes: ["host.name"] },
];
