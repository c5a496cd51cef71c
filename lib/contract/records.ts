import aistore from "../../imports/metrics/aistore.json";
import alloy from "../../imports/metrics/alloy.json";
import cadvisor from "../../imports/metrics/cadvisor.json";
import kubeStateMetrics from "../../imports/metrics/kube-state-metrics.json";
import nodeExporter from "../../imports/metrics/node_exporter.json";

/** What was recorded of a source: see `npm run contract:record`. */
export interface Record {
  /** What it is called. */
  readonly title: string;
  /** In which version it was recorded. An operator's AIStore or kube-state-metrics may be another one. */
  readonly version: string;
  /** It was run, or its source or documentation was read. */
  readonly by: "run" | "source";
  /** The parts that are there unless they are turned off. */
  readonly on: readonly string[];
  readonly metrics: readonly RecordedMetric[];
  /** How names begin that nothing else gives to the metrics of a cluster. */
  readonly prefixes: readonly string[];
  /** How names begin of which there are more than can be recorded. */
  readonly open: readonly string[];
}

export interface RecordedMetric {
  readonly name: string;
  /** Such as a collector of node_exporter; empty for what is always there. */
  readonly part: string;
  /** One that ends in `*` stands for all that begin so. */
  readonly labels: readonly string[];
}

interface RecordFile {
  readonly version: string;
  readonly by: string;
  readonly on?: readonly string[];
  readonly parts: Readonly<globalThis.Record<string, Readonly<globalThis.Record<string, readonly string[]>>>>;
}

function recordOf(
  title: string,
  file: RecordFile,
  names: Pick<Record, "prefixes"> & Partial<Pick<Record, "open">>,
): Record {
  const metrics = Object.entries(file.parts).flatMap(([part, groups]) =>
    Object.entries(groups).flatMap(([labels, of]) =>
      of.map((name) => ({ name, part, labels: labels === "" ? [] : labels.split(",") })),
    ),
  );
  return {
    title,
    version: file.version,
    by: file.by === "run" ? "run" : "source",
    on: file.on ?? [],
    metrics,
    open: [],
    ...names,
  };
}

/** What the agents read metrics from. */
export const records = {
  // What a network card counts is its driver's.
  node: recordOf("node_exporter", nodeExporter, { prefixes: ["node_"], open: ["node_ethtool_"] }),
  containers: recordOf("cAdvisor", cadvisor, { prefixes: ["container_", "machine_", "cadvisor_"] }),
  aistore: recordOf("AIStore", aistore, { prefixes: ["ais_"] }),
  objects: recordOf("kube-state-metrics", kubeStateMetrics, {
    prefixes: ["kube_"],
    open: ["kube_customresource_", "kube_state_metrics_"],
  }),
  alloy: recordOf("Alloy", alloy, { prefixes: ["alloy_", "otelcol_"] }),
} satisfies Readonly<globalThis.Record<string, Record>>;

export type RecordName = keyof typeof records;
