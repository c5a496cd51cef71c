import { Construct } from "constructs";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../../../imports/alloy/discovery";
import { PrometheusRelabel, PrometheusScrape } from "../../../imports/alloy/prometheus";
import type { Expression, MetricsReceiver } from "../../alloy";
import type { AistoreCluster, AistoreTls, ScrapedMetrics } from "../../environment";
import { nodeLabel, onThisNode } from "../surroundings/node";
import { secretContent, trustedCas } from "../surroundings/secrets";

/** What an {@link AistoreMetrics} takes. */
export interface AistoreMetricsProps extends ScrapedMetrics {
  readonly forwardTo: Expression<MetricsReceiver>;
  readonly cluster: AistoreCluster;
}

/** What AIStore calls the components that serve metrics. */
const daemons = ["proxy", "target"];

/** The id of the source of an AIStore cluster's metrics. Names have no capitals: here they show where one ends. */
export function aistoreSourceId({ namespace, name }: AistoreCluster): string {
  return `aistore-${name}-IN-${namespace}`;
}

/** The metrics of an AIStore cluster's proxies and targets on this node. Job `aistore`. */
export class AistoreMetrics extends Construct {
  constructor(scope: Construct, id: string, props: AistoreMetricsProps) {
    super(scope, id);
    const { namespace, name, tls } = props.cluster;
    const label = aistoreSourceId(props.cluster).replaceAll("-", "_");
    const pods = new DiscoveryKubernetes(this, label, {
      role: "pod",
      namespaces: { names: [namespace] },
      selectors: [{ role: "pod", field: onThisNode, label: `app=${name},component in (${daemons.join()})` }],
    });
    const containers = new DiscoveryRelabel(this, label, {
      targets: pods.targets,
      rule: [
        { sourceLabels: ["__meta_kubernetes_pod_container_name"], regex: "ais-node", action: "keep" },
        { sourceLabels: ["__meta_kubernetes_pod_label_component"], targetLabel: "component" },
        { sourceLabels: ["__meta_kubernetes_pod_name"], targetLabel: "pod" },
        { sourceLabels: ["__meta_kubernetes_namespace"], targetLabel: "namespace" },
        // The name of the custom resource. `cluster` is the Kubernetes cluster.
        { sourceLabels: ["__meta_kubernetes_pod_label_app"], targetLabel: "ais_cluster" },
        nodeLabel,
      ],
    });
    // Transaction ids have no bound: each would be a time series of its own.
    const transactions = new PrometheusRelabel(this, label, {
      rule: [{ sourceLabels: ["xid"], regex: ".+", targetLabel: "xid", replacement: "aggregated" }],
      forwardTo: [props.forwardTo],
    });
    new PrometheusScrape(this, label, {
      targets: containers.output,
      forwardTo: [transactions.receiver],
      jobName: "aistore",
      metricsPath: "/metrics",
      scrapeInterval: props.scrapeInterval,
      ...(tls && { scheme: "https", tlsConfig: tlsConfig(this, label, tls) }),
    }).requires({
      kind: "connection",
      to: { type: "pods", namespace, labels: { app: [name], component: daemons } },
    });
  }
}

/** A CA that comes late or changes is known by the next scrape. */
function tlsConfig(scope: Construct, label: string, tls: AistoreTls) {
  if (!tls.verified) return { insecureSkipVerify: true };
  return { caPem: trustedCas(secretContent(scope, label, tls.ca)), serverName: tls.serverName };
}
