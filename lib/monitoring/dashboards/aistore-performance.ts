import { series } from "../metrics/series";
import { ais, chosenNodes, cluster, clusterName, node, nodeName, type Row, rate } from "./dashboard";
import { graph } from "./grafana";

/** In milliseconds: AIStore counts the nanoseconds and the number of what it has done. */
function meanTime(by: string, nanoseconds: string, count: string): string {
  return `sum by (${by}) (${rate(ais(nanoseconds))}) / sum by (${by}) (${rate(ais(count))}) / 1e6`;
}

/** How much is read and written. */
export const throughput: Row = {
  id: 200,
  title: "Throughput",
  panels: [
    graph({
      id: 201,
      title: "GET",
      description: "Bytes of objects read, a second.",
      unit: "Bps",
      queries: { [clusterName]: `sum by (${cluster}) (${rate(ais("target_get_bytes"))})` },
    }),
    graph({
      id: 202,
      title: "PUT",
      description: "Bytes of objects written, a second, those that jobs write among them.",
      unit: "Bps",
      queries: { [clusterName]: `sum by (${cluster}) (${rate(ais("target_put_bytes"))})` },
    }),
    graph({
      id: 203,
      title: "Requests",
      description: "A second.",
      unit: "reqps",
      queries: Object.fromEntries(
        Object.entries({
          GET: "target_get_count",
          PUT: "target_put_count",
          HEAD: "target_head_count",
          DELETE: "target_del_count",
          list: "proxy_lst_count",
          "get-batch": "target_getbatch_count",
        }).map(([name, metric]) => [`{{cluster}} ${name}`, `sum by (cluster) (${rate(ais(metric))})`]),
      ),
    }),
    graph({
      id: 204,
      title: "GET by node",
      description: "Bytes of objects read, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${rate(ais("target_get_bytes"))})` },
    }),
    graph({
      id: 205,
      title: "PUT by node",
      description: "Bytes of objects written, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${rate(ais("target_put_bytes"))})` },
    }),
    graph({
      id: 206,
      title: "Buckets",
      description: "Bytes read and written, a second: the ten with the most of each.",
      unit: "Bps",
      queries: {
        "GET {{cluster}} {{bucket}}": `topk(10, sum by (cluster, bucket) (${rate(ais("target_get_bytes"))}))`,
        "PUT {{cluster}} {{bucket}}": `topk(10, sum by (cluster, bucket) (${rate(ais("target_put_bytes"))}))`,
      },
    }),
    graph({
      id: 207,
      title: "Backends",
      description: "Bytes that came from clouds and other clusters, and went there, a second.",
      unit: "Bps",
      queries: {
        "from {{backend}}, {{cluster}}": `sum by (cluster, backend) (${rate(ais("target_remote_get_bytes_total"))})`,
        "to {{backend}}, {{cluster}}": `sum by (cluster, backend) (${rate(ais("target_remote_e2e_put_bytes_total"))})`,
      },
    }),
    graph({
      id: 208,
      title: "Processor",
      description: "Cores that the containers of AIStore use on a node.",
      queries: {
        [nodeName]: `sum by (${node}) (${rate(inContainers("container_cpu_usage_seconds_total"))})`,
      },
    }),
    graph({
      id: 209,
      title: "Memory",
      description: "What the containers of AIStore have in memory on a node.",
      unit: "bytes",
      queries: { [nodeName]: `sum by (${node}) (${inContainers("container_memory_working_set_bytes")})` },
    }),
  ],
};

/** The series of a metric of containers, of those of AIStore. */
function inContainers(metric: string): string {
  return series(metric, { ...chosenNodes, container: "ais-node" });
}

/** How long that takes. */
export const latency: Row = {
  id: 300,
  title: "Latency",
  panels: [
    graph({
      id: 301,
      title: "GET",
      description: "On average, within the targets.",
      unit: "ms",
      queries: { [clusterName]: meanTime(cluster, "target_get_ns_total", "target_get_count") },
    }),
    graph({
      id: 302,
      title: "PUT",
      description: "On average, within the targets.",
      unit: "ms",
      queries: { [clusterName]: meanTime(cluster, "target_put_ns_total", "target_put_count") },
    }),
    graph({
      id: 303,
      title: "Backends",
      description: "How long a GET from a backend and a PUT to one take, on average.",
      unit: "ms",
      queries: {
        "GET {{backend}}, {{cluster}}": meanTime(
          "cluster, backend",
          "target_remote_get_ns_total",
          "target_remote_get_count",
        ),
        "PUT {{backend}}, {{cluster}}": meanTime(
          "cluster, backend",
          "target_remote_put_ns_total",
          "target_remote_put_count",
        ),
      },
    }),
    graph({
      id: 304,
      title: "GET by node",
      description: "On average: the ten nodes that take the longest.",
      unit: "ms",
      width: 12,
      queries: { [nodeName]: `topk(10, ${meanTime(node, "target_get_ns_total", "target_get_count")})` },
    }),
    graph({
      id: 305,
      title: "PUT by node",
      description: "On average: the ten nodes that take the longest.",
      unit: "ms",
      width: 12,
      queries: { [nodeName]: `topk(10, ${meanTime(node, "target_put_ns_total", "target_put_count")})` },
    }),
  ],
};
