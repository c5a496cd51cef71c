import { type Matchers, series } from "../../metrics/series";
import type { Row } from "../dashboard";
import { graph, table } from "../grafana";
import { behind } from "./destinations";
import { agents, chosen, own, rate } from "./series";

const cpu = rate(own("process_cpu_seconds_total"));
const memory = own("process_resident_memory_bytes");
const targets = (labels: Matchers = {}) =>
  series("up", { cluster: chosen.cluster, node: chosen.node, job: { like: sourceJobs }, ...labels });
/** The jobs of what agents scrape. */
const sourceJobs = "node-exporter|integrations/cadvisor|aistore|kube-state-metrics";
/** The beginning of the hash of the configuration that is read. */
const configuration = `label_replace(${agents}, "configuration", "$1", "sha256", "(.{12}).*")`;

/** What each agent costs, reads and runs. */
export const onNodes: Row = {
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
