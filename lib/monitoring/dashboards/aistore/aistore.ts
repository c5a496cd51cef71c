import { type Matchers, series } from "../../metrics/series";
import { dashboard, labelVariable, type Row, type Sent } from "../dashboard";
import { type Dashboard, lineGraph, lines, noneIsRight, stat } from "../grafana";
import { disks, failures, sumOfErrors, used } from "./failures";
import { latency, throughput } from "./performance";
import { chosen, rate } from "./series";
import { moving, said } from "./states";

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
      query: `sum(${rate("target_get_bytes")})`,
    }),
    stat({
      id: 105,
      title: "PUT",
      description: "Bytes of objects written, a second, those that jobs write among them.",
      width: 3,
      unit: "Bps",
      query: `sum(${rate("target_put_bytes")})`,
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
