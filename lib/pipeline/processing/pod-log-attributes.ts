import { ottl } from "../../alloy";
import { podLogLabels } from "../pod-log-labels";

/** The controllers that OpenTelemetry's conventions have an attribute for. */
const controllerKinds = ["ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"];

const toResource: readonly (readonly [label: string, attribute: string])[] = [
  ...podLogLabels.flatMap(({ label, attributes }) =>
    attributes.map((attribute) => [label, attribute] as const),
  ),
  ["service_name", "service.name"],
  ["instance", "service.instance.id"],
];

/** `job` is the label that `loki.source.kubernetes` gives by itself: it tells nothing of the log. */
const moved = [...new Set(toResource.map(([label]) => label)), "job", "loki.attribute.labels"];

/** The statements that turn the labels of a pod's log into resource attributes, and trim its body. */
export const podLogAttributes: readonly string[] = [
  ...toResource.map(
    ([label, attribute]) => ottl`set(resource.attributes[${attribute}], log.attributes[${label}])`,
  ),
  ...controllerKinds.map(
    (kind) =>
      ottl`set(resource.attributes[${`k8s.${kind.toLowerCase()}.name`}], log.attributes["controller_name"]) where log.attributes["controller_kind"] == ${kind}`,
  ),
  ottl`delete_matching_keys(log.attributes, "^controller_(kind|name)$") where IsMatch(log.attributes["controller_kind"], ${`^(${controllerKinds.join("|")})$`})`,
  ...moved.map((label) => ottl`delete_key(log.attributes, ${label})`),
  ottl`replace_pattern(log.body, ${"\\n$"}, "")`,
];
