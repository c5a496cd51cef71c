import aistore from "../../imports/metrics/aistore.json";
import alloy from "../../imports/metrics/alloy.json";
import cadvisor from "../../imports/metrics/cadvisor.json";
import kubeStateMetrics from "../../imports/metrics/kube-state-metrics.json";
import nodeExporter from "../../imports/metrics/node_exporter.json";
import { argumentIn, type BlockSyntax, blockIn, type Component, literalIn } from "../alloy";
import { textsIn } from "./relabeling";
import { anyValue, nodeName, oneOf, regexp, ruled, type ValueRule, type Values } from "./values";

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

/** A metric of a record. */
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

/** The name of a record. */
export type RecordName = keyof typeof records;

/** What a source gives to a scrape, before any relabeling. */
export interface SourceMetrics {
  readonly record: RecordName;
  readonly metrics: readonly RecordedMetric[];
  /** Metrics that are recorded and not given, and why. */
  readonly missing: ReadonlyMap<string, string>;
  /** How names begin of which it may give more. */
  readonly open: readonly string[];
  /** What a label of a metric of it may be. */
  readonly valuesOf: (metric: RecordedMetric, label: string) => Values;
  /** It is a part of the agent, and is not away while the agent runs. */
  readonly isInAgent: boolean;
}

/** The names of disks, which are no paths. Whoever calls a ZFS pool so isn't told. */
const diskName = "(nvme|sd[a-z]|vd[a-z]|xvd|dm-|md\\d).*";

/** What a component gives that exports targets of metrics of its own; undefined where that is not known. */
export function exporterMetrics(
  exporter: Component,
  components: readonly Component[],
): SourceMetrics | undefined {
  switch (exporter.definition.name) {
    case "prometheus.exporter.unix":
      return nodeMetrics(exporter.block);
    case "prometheus.exporter.cadvisor":
      return containerMetrics(exporter.block);
    case "prometheus.exporter.self":
      return alloyMetrics(components);
    default:
      return undefined;
  }
}

/** What the pods give that a scrape of this job reads; undefined where that is not known. */
export function podMetrics(job: string): SourceMetrics | undefined {
  const record = ({ aistore: "aistore", "kube-state-metrics": "objects" } as const)[job];
  if (record === undefined) return undefined;
  const { metrics, open } = records[record];
  return {
    record,
    metrics,
    missing: new Map(),
    open,
    isInAgent: false,
    valuesOf: (_, label) => (label === "node" ? nodeName : anyValue),
  };
}

function nodeMetrics(block: BlockSyntax): SourceMetrics {
  const list = (name: string) => textsIn(argumentIn(block, name)) ?? [];
  const [set, enabled, disabled] = [
    list("set_collectors"),
    list("enable_collectors"),
    list("disable_collectors"),
  ];
  const hasTexts = literalIn(blockIn(block, "textfile"), "directory") !== undefined;
  const on = new Set(
    [...(set.length > 0 ? set : records.node.on), ...enabled].filter((name) => !disabled.includes(name)),
  );
  const fields = literalIn(blockIn(block, "netstat"), "fields");
  const isGiven = ({ part, name }: RecordedMetric) => {
    // Without a folder it says of itself alone.
    if (part === "textfile" && !hasTexts) return name === "node_textfile_scrape_error";
    if (part === "netstat" && typeof fields === "string") {
      return regexp(fields)?.matcher(name.replace("node_netstat_", "")).find() ?? true;
    }
    return true;
  };
  const missing = new Map<string, string>();
  const metrics = records.node.metrics.filter((metric) => {
    const { part, name } = metric;
    if (part !== "" && !on.has(part)) missing.set(name, `the collector ${part} is off`);
    else if (isGiven(metric)) return true;
    else if (part === "textfile") missing.set(name, "the collector textfile has no folder");
    else missing.set(name, "the collector netstat is told other fields");
    return false;
  });
  const open = [
    ...(on.has("ethtool") ? records.node.open : []),
    ...(hasTexts || on.has("perf") || on.has("systemd") ? records.node.prefixes : []),
  ];
  const rules = labelRules(block);
  return {
    record: "node",
    metrics,
    missing,
    open,
    isInAgent: true,
    valuesOf: ({ part }, label) => ruled(...(rules.get(`${part}.${label}`) ?? [])),
  };
}

/** What settings of node_exporter leave of a label, by the collector and the label. */
function labelRules(block: BlockSyntax): ReadonlyMap<string, readonly ValueRule[]> {
  const rules = new Map<string, ValueRule[]>();
  const add = (key: string, rule: ValueRule) => rules.set(key, [...(rules.get(key) ?? []), rule]);
  const filter = (key: string, argument: string, is: boolean, collector = key.split(".")[0] ?? "") => {
    const value = literalIn(blockIn(block, collector), argument);
    if (typeof value === "string") add(key, { regexp: value, where: "within", is });
  };
  add("diskstats.device", {
    regexp: "[^/]+",
    where: "whole",
    is: true,
    words: "is the name of a disk, such as nvme0n1, and no path",
  });
  filter("diskstats.device", "device_include", true, "disk");
  filter("diskstats.device", "device_exclude", false, "disk");
  add("filesystem.device", {
    regexp: diskName,
    where: "whole",
    is: false,
    words: "is a path where it is a disk, such as /dev/nvme0n1p1",
  });
  add("filesystem.mountpoint", { regexp: "/.*", where: "whole", is: true });
  filter("filesystem.mountpoint", "mount_points_exclude", false);
  filter("filesystem.fstype", "fs_types_exclude", false);
  filter("netclass.device", "ignored_devices", false);
  filter("netdev.device", "device_include", true);
  filter("netdev.device", "device_exclude", false);
  filter("ethtool.device", "device_include", true);
  filter("ethtool.device", "device_exclude", false);
  return rules;
}

function containerMetrics(block: BlockSyntax): SourceMetrics {
  const kinds = textsIn(argumentIn(block, "enabled_metrics"));
  const added = (textsIn(argumentIn(block, "allowlisted_container_labels")) ?? []).map(
    (label) => `container_label_${label.replaceAll(/[^a-zA-Z0-9_]/g, "_")}`,
  );
  const missing = new Map<string, string>();
  const metrics = records.containers.metrics.flatMap((metric) => {
    const { name, part, labels } = metric;
    if (part !== "" && kinds !== undefined && !kinds.includes(part)) {
      missing.set(name, `cAdvisor is not asked for its metrics of kind ${part}`);
      return [];
    }
    const isOfContainer = name.startsWith("container_") && labels.includes("id");
    return isOfContainer ? [{ ...metric, labels: [...labels, ...added] }] : [metric];
  });
  return {
    record: "containers",
    metrics,
    missing,
    open: [],
    isInAgent: true,
    valuesOf: () => anyValue,
  };
}

/** Those of its labels that name a part of the config, or one of few states. Source: a run of Alloy v1.18.1. */
function alloyMetrics(components: readonly Component[]): SourceMetrics {
  const values: Readonly<globalThis.Record<string, Values>> = {
    component_id: oneOf(...components.map(({ address }) => address)),
    data_type: oneOf("logs", "metrics", "profiles", "traces"),
    error_permanent: oneOf("false", "true"),
    health_type: oneOf("exited", "healthy", "unhealthy", "unknown"),
  };
  const { metrics, prefixes } = records.alloy;
  return {
    record: "alloy",
    metrics,
    missing: new Map(),
    open: prefixes,
    isInAgent: true,
    valuesOf: (_, label) => values[label] ?? anyValue,
  };
}
