import { ottl } from "../../alloy";
import { podLogLabels } from "../pod-log-labels";

/** The controllers that OpenTelemetry's conventions have an attribute for. */
const controllerKinds = ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"];

/** What tells a pod's controller; of one without an attribute of its own, each record keeps both. */
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

/** What cuts a line that is longer: not within a character, and not in silence. */
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

/** What is left to do once records have it. */
export const podLogRest: readonly string[] = [
  ottl`delete_matching_keys(resource.attributes, ${anyOf(controller)})`,
];

function anyOf(names: readonly string[]): string {
  return `^(${names.join("|")})$`;
}
