import type { Row } from "../dashboard";
import { graph, table } from "../grafana";
import { ais, node, nodeName, rate } from "./series";

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
export function said(...which: readonly string[]): string {
  return which
    .map((state) => {
      const bit = 2 ** (states[state] ?? 0);
      const flags = ["target", "proxy"].map((daemon) => ais(`${daemon}_state_flags`)).join(" or ");
      return `label_replace(floor((${flags}) / ${bit}) % 2 == 1, "state", "${state}", "", "")`;
    })
    .join(" or ");
}

/** What moves between targets, and who is not as it should be. */
export const moving: Row = {
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
      queries: { [nodeName]: `sum by (${node}) (${rate("target_stream_out_bytes")})` },
    }),
    graph({
      id: 603,
      title: "Come from other targets",
      description: "Bytes that come from other targets, a second.",
      unit: "Bps",
      queries: { [nodeName]: `sum by (${node}) (${rate("target_stream_in_bytes")})` },
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
