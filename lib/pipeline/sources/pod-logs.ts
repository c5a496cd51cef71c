import { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../../imports/alloy/discovery";
import { LokiSourceKubernetes } from "../../../imports/alloy/loki.source";
import type { Expression, LogsReceiver } from "../../alloy";
import type { PodLogSelection } from "../../environment";
import { podLogLabels } from "../processing/pod-log-attributes";
import { onThisNode } from "../surroundings/node";

/** What a {@link PodLogs} takes. */
export interface PodLogsProps extends Pick<PodLogSelection, "excludeNamespaces"> {
  readonly forwardTo: Expression<LogsReceiver>;
}

/**
 * The logs of all pods of this node, through the Kubernetes API.
 *
 * A container's labels are its identity: its position in the log is kept under them. They hold nothing that
 * changes while it lives, such as a port, a phase or readiness, or its whole log would be read again.
 */
export class PodLogs extends Construct {
  constructor(scope: Construct, id: string, props: PodLogsProps) {
    super(scope, id);
    const pods = new DiscoveryKubernetes(this, "pods", {
      role: "pod",
      selectors: [{ role: "pod", field: onThisNode }],
    });
    const containers = new DiscoveryRelabel(this, "pods", {
      targets: pods.targets,
      rule: [
        ...(props.excludeNamespaces.length === 0 ? [] : [without(props.excludeNamespaces)]),
        ...podLogLabels.map(({ meta, label }) => ({ sourceLabels: [meta], targetLabel: label })),
        {
          // The first that is not empty. None of them can hold a semicolon.
          sourceLabels: [
            "__meta_kubernetes_pod_label_app_kubernetes_io_name",
            "__meta_kubernetes_pod_controller_name",
            "__meta_kubernetes_pod_container_name",
          ],
          regex: ";*([^;]+).*",
          targetLabel: "service_name",
        },
      ],
    });
    new LokiSourceKubernetes(this, "pods", { targets: containers.output, forwardTo: [props.forwardTo] });
  }
}

/** A namespace's name has no character that means something in a regexp. */
function without(namespaces: readonly string[]) {
  return {
    sourceLabels: ["__meta_kubernetes_namespace"],
    regex: namespaces.join("|"),
    action: "drop",
  } as const;
}
