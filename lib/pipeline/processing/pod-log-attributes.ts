import { ottl } from "../../alloy";

/** What discovery knows of a container, as a label of its log and as attributes of the resource. */
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

/** The controllers that OpenTelemetry's conventions have an attribute for. */
const controllerKinds = ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"];

/** The labels for a pod's controller. Where OpenTelemetry has no attribute for its kind, each record keeps both. */
const controller = ["controller_kind", "controller_name"];

const toResource: readonly (readonly [label: string, attribute: string])[] = [
  ...podLogLabels.flatMap(({ label, attributes }) =>
    attributes.map((attribute) => [label, attribute] as const),
  ),
  ["service_name", "service.name"],
  ["instance", "service.instance.id"],
];

/** `job` is the label that `loki.source.kubernetes` gives by itself: it tells nothing of the log. */
const labels = [...new Set([...podLogLabels.map(({ label }) => label), "service_name", "instance", "job"])];

/** The labels that are no attribute of the resource by their own name. */
const moved = labels.filter(
  (label) => !controller.includes(label) && !toResource.some(([, attribute]) => attribute === label),
);

/** The labels of a container's log, by which records are grouped: those of one container have one resource. */
export const podLogKeys: readonly string[] = labels;

/** The statements, once for each container in a batch, that turn the labels of its log into resource attributes. */
export const podLogResource: readonly string[] = [
  ...toResource
    .filter(([label, attribute]) => label !== attribute)
    .map(([label, attribute]) => ottl`set(resource.attributes[${attribute}], resource.attributes[${label}])`),
  ...controllerKinds.map(
    (kind) =>
      ottl`set(resource.attributes[${`k8s.${kind.toLowerCase()}.name`}], resource.attributes["controller_name"]) where resource.attributes["controller_kind"] == ${kind}`,
  ),
  ottl`delete_matching_keys(resource.attributes, ${anyOf(controller)}) where IsMatch(resource.attributes["controller_kind"], ${anyOf(controllerKinds)})`,
  ottl`delete_matching_keys(resource.attributes, ${anyOf(moved)})`,
];

/**
 * The most bytes of a line. A batch of 2 MiB has room for it: one that has none would be dropped, and with it all that came
 * behind it.
 */
const longestLine = 2 ** 20;

/** Statements that cut a longer line, never within a character, and say that they did. */
const cut = [
  ottl`set(log.cache["long"], true) where Len(log.body) > ${longestLine}`,
  ottl`set(log.body, Substring(log.body, 0, ${longestLine})) where log.cache["long"] == true`,
  ottl`replace_pattern(log.body, ${"[^\\x00-\\x7F]{0,3}$"}, " [cut at 1 MiB]") where log.cache["long"] == true`,
];

/** The statements for each record. `loki.attribute.labels` is Alloy's own, and in no order. */
export const podLogRecord: readonly string[] = [
  ...controller.map((label) => ottl`set(log.attributes[${label}], resource.attributes[${label}])`),
  ottl`delete_key(log.attributes, "loki.attribute.labels")`,
  ottl`replace_pattern(log.body, ${"\\n$"}, "")`,
  ...cut,
];

/** Statements that clean the resource once the records have what they need of it. */
export const podLogRest: readonly string[] = [
  ottl`delete_matching_keys(resource.attributes, ${anyOf(controller)})`,
];

function anyOf(names: readonly string[]): string {
  return `^(${names.join("|")})$`;
}
