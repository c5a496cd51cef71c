import { type Environment, signalsOf } from "../../environment";
import { hasValue } from "../../schema";
import { own, sendsLogsOf, series } from "../metrics/series";
import { type Alert, literal } from "./alert";

/** Nodes on which no pod of a DaemonSet runs, by the names that EKS and others give them. */
export const virtualNodes = "(eklet|fargate|virtual)-.*";

/** The alerts of what should be there and isn't: each by what does come, as an agent that pushes has no `up == 0`. */
export function clusterAlerts(environment: Environment, daemonSet: string): readonly Alert[] {
  const { sources, ownMetrics } = environment;
  return [
    ...(ownMetrics === "none" ? [] : agentsMissing(environment, daemonSet)),
    ...(sources.aistore === undefined ? [] : aistoreMissing(environment)),
    ...(sources.kubeStateMetrics === undefined ? [] : kubeStateMetrics(environment)),
  ];
}

function agentsMissing(environment: Environment, daemonSet: string): readonly Alert[] {
  const { cluster, sources } = environment;
  const agents = own(environment, "alloy_config_hash");
  const silent: Alert = {
    name: "AlloyClusterSilent",
    severity: "critical",
    expr: `absent(${agents})`,
    for: "10m",
    summary: `No agent of ${literal(cluster)} sends metrics.`,
    lost: "all metrics of the cluster, or they wait in the queues of its agents. No other alert of it can fire.",
    outages: "what-can-be-lost",
  };
  const withoutAgent: Alert = {
    name: "AlloyNodeWithoutAgent",
    severity: "critical",
    expr: `max by (node) (${expectedNodes(environment, daemonSet)}) unless on (node) ${agents}`,
    for: "15m",
    summary: "Nothing comes from an agent of {{ $labels.node }}.",
    lost: `the ${sendsLogs(environment) ? "metrics and logs" : "metrics"} of that node, or they wait in the queues of its agent.`,
    outages: "what-can-be-lost",
  };
  // Which nodes there are is known by kube-state-metrics alone.
  return sources.kubeStateMetrics === undefined ? [silent] : [silent, withoutAgent];
}

function sendsLogs({ destinations }: Environment): boolean {
  return destinations.some((destination) => signalsOf(destination).includes("logs"));
}

/** Nodes that have an agent: all, unless chart values say on which its pods run, and then those on which they are. */
function expectedNodes({ cluster, namespace, chartValues }: Environment, daemonSet: string): string {
  const isPlaced = ["affinity", "nodeSelector", "tolerations"].some((name) =>
    hasValue(chartValues, ["controller", name]),
  );
  return isPlaced
    ? series("kube_pod_info", {
        cluster,
        namespace,
        created_by_kind: "DaemonSet",
        created_by_name: daemonSet,
        node: { not: "" },
      })
    : series("kube_node_info", {
        cluster,
        node: { unlike: virtualNodes },
        os_image: { unlike: "Windows.*" },
      });
}

function aistoreMissing(environment: Environment): readonly Alert[] {
  const { cluster, aistore } = environment;
  return aistore.map(({ namespace, name }) => ({
    name: "AIStoreSilent",
    severity: "critical",
    expr: `absent(${series("up", { cluster, job: "aistore", namespace, ais_cluster: name })} == 1)`,
    for: "10m",
    labels: { namespace, ais_cluster: name },
    summary: `No proxy or target of AIStore ${name} in namespace ${namespace} gives metrics.`,
    lost: `the metrics of this AIStore cluster.${sendsLogsOf(namespace, environment) ? " Its logs come all the same." : ""}`,
    outages: "what-can-be-lost",
  }));
}

function kubeStateMetrics({ cluster }: Environment): readonly Alert[] {
  return [
    {
      name: "KubeStateMetricsMissing",
      severity: "warning",
      expr: `absent(${series("up", { cluster, job: "kube-state-metrics" })} == 1)`,
      for: "15m",
      summary: `No kube-state-metrics of ${literal(cluster)} gives metrics.`,
      lost: "the metrics of Kubernetes' objects, and the alert of nodes without an agent.",
      outages: "what-can-be-lost",
    },
    {
      name: "KubeStateMetricsDoubled",
      severity: "warning",
      expr: `max(count by (node) (${series("kube_node_info", { cluster })})) > 1`,
      for: "15m",
      summary: `{{ $value }} kube-state-metrics of ${literal(cluster)} tell of the same nodes.`,
      lost: "nothing. Each object is counted so many times, in sums and in what is paid for.",
      outages: "what-comes-twice",
    },
  ];
}
