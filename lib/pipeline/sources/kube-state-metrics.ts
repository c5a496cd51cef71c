import { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../../imports/alloy/discovery";
import { PrometheusScrape } from "../../../imports/alloy/prometheus";
import type { Expression, MetricsReceiver } from "../../alloy";
import type { KubeStateMetricsPods } from "../../environment";
import { onThisNode } from "../surroundings/node";

/** What a {@link KubeStateMetrics} takes. */
export interface KubeStateMetricsProps extends KubeStateMetricsPods {
  readonly forwardTo: Expression<MetricsReceiver>;
}

/**
 * The state of the cluster's objects, as kube-state-metrics tells it. Job `kube-state-metrics`.
 *
 * Its pod is scraped from the node that it runs on, so that the cluster sends each sample once.
 */
export class KubeStateMetrics extends Construct {
  constructor(scope: Construct, id: string, props: KubeStateMetricsProps) {
    super(scope, id);
    const { namespace, labels, port } = props;
    const selector = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
    const pods = new DiscoveryKubernetes(this, "kube_state_metrics", {
      role: "pod",
      namespaces: namespace === undefined ? undefined : { names: [namespace] },
      selectors: [{ role: "pod", field: onThisNode, label: selector.join() }],
    });
    const part = typeof port === "number" ? "number" : "name";
    const ports = new DiscoveryRelabel(this, "kube_state_metrics", {
      targets: pods.targets,
      rule: [
        {
          sourceLabels: [`__meta_kubernetes_pod_container_port_${part}`],
          regex: String(port),
          action: "keep",
        },
      ],
    });
    new PrometheusScrape(this, "kube_state_metrics", {
      targets: ports.output,
      forwardTo: [props.forwardTo],
      jobName: "kube-state-metrics",
      scrapeInterval: props.scrapeInterval,
    }).requires({
      kind: "connection",
      to: {
        type: "pods",
        ...(namespace !== undefined && { namespace }),
        labels: Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, [value]])),
      },
    });
  }
}
