import { type Matchers, series } from "../metrics/series";
import { disks, failures, sumOfErrors, used } from "./aistore-failures";
import { latency, throughput } from "./aistore-performance";
import {
  ais,
  chosen,
  dashboard,
  labelVariable,
  node,
  nodeName,
  type Row,
  rate,
  type Sent,
} from "./dashboard";
import { type Dashboard, graph, lineGraph, lines, noneIsRight, stat, table } from "./grafana";

/**
 * What a node of AIStore says of itself, by the number of its bit, but for what is said of every healthy one.
 *
 * Source: cmn/cos/node_state.go of AIStore 5.0, read.
 */
export const states: Readonly<Record<string, number>> = {
  "vote in progress": 0,
  rebalancing: 3,
  "rebalance interrupted": 4,
  resilvering: 5,
  "resilver interrupted": 6,
  restarted: 7,
  "out of space": 8,
  "out of memory": 9,
  "in maintenance": 10,
  "low on space": 11,
  "low on memory": 12,
  "disk fault": 13,
  "many goroutines": 14,
  "too many goroutines": 15,
  "certificate expires soon": 16,
  "certificate expired": 17,
  "certificate invalid": 18,
  "keep-alive errors": 19,
  "out of processor": 20,
  "low on processor": 21,
  "a disk out of space": 22,
  "a disk low on space": 23,
};

/** The nodes that say something, with what they say as the label `state`. */
function said(...which: readonly string[]): string {
  return which
    .map((state) => {
      const bit = 2 ** (states[state] ?? 0);
      const flags = ["target", "proxy"].map((daemon) => ais(`${daemon}_state_flags`)).join(" or ");
      return `label_replace(floor((${flags}) / ${bit}) % 2 == 1, "state", "${state}", "", "")`;
    })
    .join(" or ");
}

const daemons = (labels: Matchers) => series("up", { ...chosen, job: "aistore", ...labels });

const now: Row = {
  id: 100,
  title: "Now",
  panels: [
    stat({
      id: 101,
      title: "Targets",
      description: "Targets that are scraped.",
      width: 3,
      query: `count(${daemons({ component: "target" })} == 1) or vector(0)`,
    }),
    stat({
      id: 102,
      title: "Proxies",
      description: "Proxies that are scraped.",
      width: 3,
      query: `count(${daemons({ component: "proxy" })} == 1) or vector(0)`,
    }),
    stat({
      id: 103,
      title: "Down",
      description: "Targets and proxies whose pods are there and give no metrics.",
      width: 3,
      thresholds: noneIsRight,
      query: `count(${daemons({})} == 0) or vector(0)`,
    }),
    stat({
      id: 104,
      title: "GET",
      description: "Bytes of objects read, a second.",
      width: 3,
      unit: "Bps",
      query: `sum(${rate(ais("target_get_bytes"))})`,
    }),
    stat({
      id: 105,
      title: "PUT",
      description: "Bytes of objects written, a second, those that jobs write among them.",
      width: 3,
      unit: "Bps",
      query: `sum(${rate(ais("target_put_bytes"))})`,
    }),
    stat({
      id: 106,
      title: "Errors",
      description: "Of all kinds, a second.",
      width: 3,
      unit: "cps",
      query: sumOfErrors,
    }),
    stat({
      id: 107,
      title: "Fullest disk",
      description: "Of the file systems of nodes that are mounted below /ais.",
      width: 3,
      unit: "percentunit",
      thresholds: [
        { color: "green", value: null },
        { color: "orange", value: 0.8 },
        { color: "red", value: 0.9 },
      ],
      query: `max(${used})`,
    }),
    stat({
      id: 108,
      title: "Moving",
      description: "Targets that rebalance or resilver.",
      width: 3,
      thresholds: [
        { color: "green", value: null },
        { color: "orange", value: 1 },
      ],
      query: `count(${said("rebalancing", "resilvering")}) or vector(0)`,
    }),
  ],
};

/** What moves between targets, and who is not as it should be. */
const moving: Row = {
  id: 600,
  title: "Rebalance, and what nodes say of themselves",
  panels: [
    graph({
      id: 601,
      title: "States",
      description: "Proxies and targets in each state.",
      queries: { "{{cluster}} {{state}}": `count by (cluster, state) (${said(...Object.keys(states))})` },
    }),
    graph({
      id: 602,
      title: "Sent to other targets",
      description:
        "Bytes that go from target to target, a second, as in a rebalance or with copies of objects.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${rate(ais("target_stream_out_bytes"))})` },
    }),
    graph({
      id: 603,
      title: "Come from other targets",
      description: "Bytes that come from other targets, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${rate(ais("target_stream_in_bytes"))})` },
    }),
    table({
      id: 604,
      title: "Not as they should be",
      description: "Proxies and targets that say more of themselves than that they have started.",
      width: 24,
      columns: [
        {
          query: `group by (cluster, namespace, ais_cluster, node, pod, state) (${said(...Object.keys(states))})`,
        },
      ],
      labels: {
        cluster: "Cluster",
        namespace: "Namespace",
        ais_cluster: "AIStore",
        node: "Node",
        pod: "Pod",
        state: "State",
      },
    }),
  ],
};

/** Lines of AIStore's log that have a severity, as the pipeline reads it of their first letter. */
const log = (severities: string) =>
  `{k8s_namespace_name=~"$namespace", k8s_container_name="ais-node"} | severity_text=~"${severities}" | cluster=~"$cluster" | host_name=~"$node"`;

const logs: Row = {
  id: 700,
  title: "Logs",
  panels: [
    lineGraph({
      id: 701,
      title: "Warnings and errors",
      description: "Lines of AIStore's logs, a second.",
      queries: {
        "{{cluster}} {{severity_text}}": `sum by (cluster, severity_text) (rate(${log("WARN|ERROR")} [$__auto]))`,
      },
    }),
    lines({
      id: 702,
      title: "Warnings and errors",
      description: "Of AIStore's logs.",
      width: 16,
      query: log("WARN|ERROR"),
    }),
  ],
};

/** Of AIStore: throughput, latency, errors, disks and rebalance, by cluster and node, from what the agents scrape. */
export function aistoreDashboard(sent: Sent): Dashboard {
  const of = (labels: Matchers) => series("up", { ...labels, job: "aistore" });
  return dashboard(
    {
      uid: "aistore-clusters",
      title: "AIStore clusters",
      description:
        "What AIStore's proxies and targets count, and their logs. Generated: change the project, not this.",
      variables: [
        labelVariable("cluster", "Cluster", of({})),
        labelVariable("namespace", "Namespace", of({ cluster: chosen.cluster })),
        labelVariable("ais_cluster", "AIStore", of({ cluster: chosen.cluster, namespace: chosen.namespace })),
        labelVariable(
          "node",
          "Node",
          of({ cluster: chosen.cluster, namespace: chosen.namespace, ais_cluster: chosen.ais_cluster }),
        ),
      ],
      rows: [now, throughput, latency, failures, disks, moving, logs],
    },
    sent,
  );
}
