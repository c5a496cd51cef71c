import { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../../imports/alloy/discovery";
import { PrometheusScrape } from "../../../imports/alloy/prometheus";
import type { Expression, MetricsReceiver } from "../../alloy";
import type { ScrapedMetrics } from "../../environment";
import { onThisNode } from "../node/node";

export interface KubeStateMetricsProps extends ScrapedMetrics {
  readonly forwardTo: Expression<MetricsReceiver>;
}

const podLabel = "app.kubernetes.io/name";
const podName = "kube-state-metrics";

/**
 * The state of the cluster's objects, as kube-state-metrics tells it. Job `kube-state-metrics`.
 *
 * Its pod is scraped from the node that it runs on, so that the cluster sends each sample once.
 */
export class KubeStateMetrics extends Construct {
  constructor(scope: Construct, id: string, props: KubeStateMetricsProps) {
    super(scope, id);
    const pods = new DiscoveryKubernetes(this, "kube_state_metrics", {
      role: "pod",
      selectors: [{ role: "pod", field: onThisNode, label: `${podLabel}=${podName}` }],
    });
    const port = new DiscoveryRelabel(this, "kube_state_metrics", {
      targets: pods.targets,
      rule: [{ sourceLabels: ["__meta_kubernetes_pod_container_port_name"], regex: "http", action: "keep" }],
    });
    new PrometheusScrape(this, "kube_state_metrics", {
      targets: port.output,
      forwardTo: [props.forwardTo],
      jobName: "kube-state-metrics",
      scrapeInterval: props.scrapeInterval,
    }).requires({ kind: "connection", to: { type: "pods", labels: { [podLabel]: [podName] } } });
  }
}
