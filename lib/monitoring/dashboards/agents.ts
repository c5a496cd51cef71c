import { agentContainer } from "../../chart";
import { ownJob } from "../../pipeline";
import { virtualNodes } from "../alerts/cluster";
import { grown, type Matchers, series } from "../metrics/series";
import { agents, chosen, dashboard, labelVariable, own, type Row, rate, type Sent } from "./dashboard";
import { behind, destinations, losses } from "./destinations";
import { type Dashboard, graph, lineGraph, lines, noneIsRight, stat, table } from "./grafana";

const firing = series("ALERTS", {
  alertname: { like: "Alloy.+|AIStoreSilent|KubeStateMetrics.+" },
  alertstate: "firing",
  cluster: { like: "$cluster" },
});

/** Nodes on which an agent should run, by kube-state-metrics. */
const nodes = series("kube_node_info", {
  cluster: chosen.cluster,
  node: { like: "$node" },
  os_image: { unlike: "Windows.*" },
});
const expected = `max by (cluster, node) (${nodes} unless ${series("kube_node_info", { node: { like: virtualNodes } })})`;

const now: Row = {
  id: 100,
  title: "Now",
  panels: [
    stat({
      id: 101,
      title: "Agents",
      description: "Agents that have sent metrics of themselves in the last five minutes.",
      width: 4,
      query: `count(${agents}) or vector(0)`,
    }),
    stat({
      id: 102,
      title: "Nodes without",
      description:
        "Nodes that kube-state-metrics knows and from which no agent sends, those on which the agents are not to run among them.",
      width: 4,
      thresholds: noneIsRight,
      query: `count(${expected} unless on (cluster, node) ${agents}) or vector(0)`,
    }),
    stat({
      id: 103,
      title: "Behind",
      description:
        "How long ago the oldest of what waits in a queue came in, at the rate of the last 15 minutes.",
      width: 4,
      unit: "s",
      thresholds: [
        { color: "green", value: null },
        { color: "orange", value: 300 },
        { color: "red", value: 3600 },
      ],
      query: `max(${behind}) or vector(0)`,
    }),
    stat({
      id: 104,
      title: "Lost",
      description:
        "Samples and lines of logs that were dropped in the time that is chosen, as a queue was full, a destination did not take them for good, or an agent was short of memory. Without a queue, what is not taken counts twice.",
      width: 4,
      thresholds: noneIsRight,
      query: Object.values(losses)
        .map((counter) => `(sum(${grown(counter, "$__range")}) or vector(0))`)
        .join(" + "),
    }),
    stat({
      id: 105,
      title: "Other configurations",
      description: "Agents whose configuration is not that of most agents of their cluster, as in a rollout.",
      width: 4,
      thresholds: [
        { color: "green", value: null },
        { color: "orange", value: 1 },
      ],
      query: `sum(count by (cluster, namespace) (${agents}) - max by (cluster, namespace) (count by (cluster, namespace, sha256) (${agents})))`,
    }),
    stat({
      id: 106,
      title: "Alerts",
      description: "Alerts of this project that fire, where the rules are in the Prometheus that is chosen.",
      width: 4,
      thresholds: noneIsRight,
      query: `count(${firing}) or vector(0)`,
    }),
    table({
      id: 107,
      title: "Alerts that fire",
      description: "docs/alerts.md of the project says of each what to do.",
      width: 24,
      columns: [
        {
          query: `group by (cluster, severity, alertname, destination, signal, node, ais_cluster) (${firing})`,
        },
      ],
      labels: {
        cluster: "Cluster",
        severity: "Severity",
        alertname: "Alert",
        destination: "Destination",
        signal: "Signal",
        node: "Node",
        ais_cluster: "AIStore",
      },
    }),
  ],
};

const cpu = rate(own("process_cpu_seconds_total"));
const memory = own("process_resident_memory_bytes");
const targets = (labels: Matchers = {}) =>
  series("up", { cluster: chosen.cluster, node: chosen.node, job: { like: sourceJobs }, ...labels });
/** The jobs of what agents scrape. */
const sourceJobs = "node-exporter|integrations/cadvisor|aistore|kube-state-metrics";
/** The beginning of the hash of the configuration that is read. */
const configuration = `label_replace(${agents}, "configuration", "$1", "sha256", "(.{12}).*")`;

/** What each agent costs, reads and runs. */
const onNodes: Row = {
  id: 300,
  title: "Nodes",
  panels: [
    table({
      id: 301,
      title: "Agents",
      description:
        "Alike: how many agents of the cluster have the same configuration. Silent: how long nothing has come from it, in the last six hours.",
      width: 24,
      columns: [
        { query: `group by (cluster, node, version) (${own("alloy_build_info")})` },
        { query: `group by (cluster, node, configuration) (${configuration})` },
        {
          title: "Alike",
          query: `max by (cluster, node) (${agents} * on (cluster, namespace, sha256) group_left () count by (cluster, namespace, sha256) (${agents}))`,
        },
        {
          title: "Loaded",
          query: `max by (cluster, node) (${own("alloy_config_last_load_successful")})`,
        },
        { title: "CPU", query: `max by (cluster, node) (${cpu})` },
        { title: "Memory", unit: "bytes", query: `max by (cluster, node) (${memory})` },
        {
          title: "Silent",
          unit: "s",
          query: `time() - max by (cluster, node) (max_over_time(timestamp(${agents})[6h:1m]))`,
        },
      ],
      labels: {
        cluster: "Cluster",
        node: "Node",
        version: "Alloy",
        configuration: "Configuration",
      },
    }),
    graph({
      id: 302,
      title: "Processor",
      description: "Cores that an agent uses: the ten that use the most.",
      queries: { "{{cluster}} {{node}}": `topk(10, max by (cluster, node) (${cpu}))` },
    }),
    graph({
      id: 303,
      title: "Memory",
      description: "What an agent has in memory: the ten that have the most.",
      unit: "bytes",
      queries: { "{{cluster}} {{node}}": `topk(10, max by (cluster, node) (${memory}))` },
    }),
    graph({
      id: 304,
      title: "Behind",
      description: "How long ago the oldest of what waits came in: the ten that are farthest behind.",
      unit: "s",
      queries: { "{{cluster}} {{node}}": `topk(10, max by (cluster, node) (${behind}))` },
    }),
    graph({
      id: 305,
      title: "Targets",
      description: "What is scraped, and what of it gave nothing.",
      queries: {
        "{{cluster}} {{job}}": `count by (cluster, job) (${targets()})`,
        "{{cluster}} {{job}} down": `count by (cluster, job) (${targets()} == 0)`,
      },
    }),
    graph({
      id: 306,
      title: "Samples of a scrape",
      description: "What the targets of a job give, in sum, before anything of it is left out.",
      queries: {
        "{{cluster}} {{job}}": `sum by (cluster, job) (${series("scrape_samples_scraped", { cluster: chosen.cluster, node: chosen.node, job: { like: sourceJobs } })})`,
      },
    }),
    graph({
      id: 307,
      title: "Configurations",
      description: "Agents with each configuration, by the beginning of its hash: in a rollout, lines cross.",
      queries: {
        "{{cluster}} {{configuration}}": `count by (cluster, configuration) (${configuration})`,
      },
    }),
  ],
};

/** Lines of the agents' own logs; Alloy writes them as logfmt. */
const ownLog = `{k8s_namespace_name=~"$namespace", k8s_container_name="${agentContainer}"} |~ "level=(warn|error)" | cluster=~"$cluster" | host_name=~"$node"`;

const logs: Row = {
  id: 400,
  title: "Logs",
  panels: [
    lineGraph({
      id: 401,
      title: "Warnings and errors",
      description: "Lines of the agents' own logs, a second.",
      queries: {
        "{{cluster}} {{level}}": `sum by (cluster, level) (rate(${ownLog} | logfmt level="level" [$__auto]))`,
      },
    }),
    lines({
      id: 402,
      title: "Warnings and errors",
      description: "Of the agents' own logs.",
      width: 16,
      query: ownLog,
    }),
  ],
};

/** Of the agents: what each destination gets, what waits and is lost, what an agent costs, and whether all run the same. */
export function agentDashboard(sent: Sent): Dashboard {
  const of = (labels: Matchers) => series("alloy_config_hash", { ...labels, job: ownJob });
  const { cluster, namespace } = chosen;
  return dashboard(
    {
      uid: "aistore-alloy",
      title: "Alloy, the agents of AIStore clusters",
      description: "What the agents send of themselves. Generated: change the project, not this.",
      variables: [
        labelVariable("cluster", "Cluster", of({})),
        labelVariable("namespace", "Namespace", of({ cluster })),
        labelVariable("node", "Node", of({ cluster, namespace })),
      ],
      rows: [now, destinations, onNodes, logs],
    },
    sent,
  );
}
