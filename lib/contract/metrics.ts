import { type AlloyConfig, type Component, literalIn, nanosecondsOf } from "../alloy";
import { type Labels, type References, referencesOf, relabeled, targetLabels, textsIn } from "./relabeling";
import { exporterMetrics, podMetrics, type RecordName, type SourceMetrics } from "./sources";
import { anyValue, nodeName, oneOf, ruled, type Values } from "./values";

/** A metric as it arrives where metrics are kept: what one scrape sends of it. */
export interface Metric {
  readonly name: string;
  /** Where it was recorded; none for what each scrape says of its targets. */
  readonly record: RecordName | undefined;
  readonly labels: Labels;
  /** The seconds from one sample to the next. */
  readonly interval: number;
  /** What is scraped is a part of the agent. */
  readonly isInAgent: boolean;
}

/** The metrics that a config sends. */
export interface SentMetrics {
  /** By their names; one of each scrape that has it. */
  readonly sent: ReadonlyMap<string, readonly Metric[]>;
  /** Metrics of its sources that it doesn't send, and why. */
  readonly missing: ReadonlyMap<string, string>;
  /** How names begin of which more may be sent. An empty one stands for all. */
  readonly open: readonly string[];
}

/** What a scrape says of each target. Source: Prometheus' documentation, jobs and instances. */
const ofTargets = [
  "up",
  "scrape_duration_seconds",
  "scrape_samples_post_metric_relabeling",
  "scrape_samples_scraped",
  "scrape_series_added",
];

/**
 * The resource attributes of a target besides `service.name` and `service.instance.id`, which become `job` and `instance`:
 * Prometheus and Mimir make labels of `target_info` of them. Source: Alloy v1.18.1,
 * component/otelcol/receiver/prometheus/internal/prom_to_otlp.go, read.
 */
const ofResources = ["server_address", "server_port", "url_scheme"];

/** Alloy's, where nothing else is said. */
const usualInterval = 60;

/** Follows each scrape of a config to its destinations. */
export function metricsOf(config: AlloyConfig): SentMetrics {
  const sent = new Map<string, Metric[]>();
  const missing = new Map<string, string>();
  const open = new Set<string>();
  const add = (...metrics: readonly Metric[]) => {
    for (const metric of metrics) sent.set(metric.name, [...(sent.get(metric.name) ?? []), metric]);
  };
  const components = config.components;
  const references = referencesOf(config);
  for (const component of components) {
    if (component.definition.name !== "prometheus.scrape") continue;
    const interval = secondsOf(literalIn(component.block, "scrape_interval")) ?? usualInterval;
    for (const targets of references(component, "targets")) {
      const source = sourceOf(component, targets, components, references);
      if (source === undefined) {
        open.add("");
        continue;
      }
      for (const prefix of source.metrics.open) {
        const unheardOf = new Map([...source.labels, ["__name__", oneOf(`${prefix}unheard_of`)]] as const);
        if (arrivals(component, unheardOf, references).length > 0) open.add(prefix);
      }
      for (const [name, why] of source.metrics.missing) missing.set(name, why);
      const { record, isInAgent } = source.metrics;
      let target: Labels | undefined;
      for (const [name, labels] of scraped(component, source)) {
        const arrived = arrivals(component, labels, references);
        if (arrived.length === 0) missing.set(name, `${component.address} passes it to rules that drop it`);
        const of = { name, record: ofTargets.includes(name) ? undefined : record, interval, isInAgent };
        add(...arrived.map((labels) => ({ ...of, labels })));
        target ??= arrived[0];
      }
      if (target !== undefined) {
        add({ name: "target_info", record: undefined, interval, isInAgent, labels: ofTarget(target) });
      }
    }
  }
  for (const name of sent.keys()) missing.delete(name);
  return { sent, missing, open: [...open] };
}

/** The labels of `target_info`. */
function ofTarget(labels: Labels): Labels {
  const kept = [...labels].filter(([name]) => ["cluster", "instance", "job"].includes(name));
  return new Map([...kept, ...ofResources.map((name) => [name, anyValue] as const)]);
}

/** The seconds that a duration of Alloy or Prometheus is; undefined for what is none. */
export function secondsOf(duration: unknown): number | undefined {
  if (typeof duration !== "string" || !/^(\d+(\.\d+)?(ms|[smhdwy]))+$/.test(duration)) return undefined;
  return nanosecondsOf(duration) / 1e9;
}

interface ScrapeSource {
  readonly metrics: SourceMetrics;
  /** Of the targets. */
  readonly labels: Labels;
}

function sourceOf(
  scrape: Component,
  targets: Component,
  components: readonly Component[],
  references: References,
): ScrapeSource | undefined {
  const name = targets.definition.name;
  const exporter = /^prometheus\.exporter\.(\w+)$/.exec(name)?.[1];
  if (exporter !== undefined) {
    const metrics = exporterMetrics(targets, components);
    const labels = new Map<string, Values>([
      ["job", oneOf(`integrations/${exporter}`)],
      ["instance", nodeName],
    ]);
    return metrics && { metrics, labels };
  }
  const job = literalIn(scrape.block, "job_name");
  const metrics = typeof job === "string" ? podMetrics(job) : undefined;
  const labels = name === "discovery.relabel" ? targetLabels(targets, references) : undefined;
  if (typeof job !== "string" || metrics === undefined || labels === undefined) return undefined;
  const address = ruled({ regexp: ".*:\\d+", where: "whole", is: true });
  return { metrics, labels: new Map([["job", oneOf(job)], ["instance", address], ...labels]) };
}

/** The metrics of a scrape with the labels of their targets, which take the place of others of their names. */
function scraped(scrape: Component, { metrics: source, labels: target }: ScrapeSource) {
  const isHonored = literalIn(scrape.block, "honor_labels") === true;
  const ofMetrics = source.metrics.map((metric) => {
    const own = metric.labels.map((label) => {
      const isTaken = target.has(label) && !isHonored;
      return [isTaken ? `exported_${label}` : label, source.valuesOf(metric, label)] as const;
    });
    return [metric.name, new Map<string, Values>([...target, ...own])] as const;
  });
  return [...ofMetrics, ...ofTargets.map((name) => [name, new Map(target)] as const)].map(
    ([name, labels]) => [name, labels.set("__name__", oneOf(name))] as const,
  );
}

/** The labels with which a sample arrives, by each way that it goes. */
function arrivals(from: Component, labels: Labels, references: References): readonly Labels[] {
  return references(from, "forward_to").flatMap((to) => {
    if (to.definition.name === "otelcol.receiver.prometheus") {
      return [withoutInternals(attributed(to, labels, references))];
    }
    if (to.definition.name !== "prometheus.relabel") return [withoutInternals(labels)];
    const left = relabeled(to.block, labels);
    return left === undefined ? [] : arrivals(to, left, references);
  });
}

function withoutInternals(labels: Labels): Labels {
  return new Map([...labels].filter(([name]) => !name.startsWith("__")));
}

/** What statements on the way to a destination make of a data point's attributes, which are its labels. */
function attributed(receiver: Component, labels: Labels, references: References): Labels {
  const set = new Map(labels);
  const passed = new Set([receiver]);
  // A set that grows while it is gone through is gone through to its end.
  for (const component of passed) {
    for (const to of references(component, "output.metrics")) passed.add(to);
    for (const { name, body } of component.block.body.blocks) {
      if (name !== "metric_statements") continue;
      for (const { value } of body.attributes) {
        for (const [key, text] of constantsSet(textsIn(value) ?? [])) set.set(key, oneOf(text));
      }
    }
  }
  return set;
}

/** The keys and texts of statements that are `set(datapoint.attributes["key"], "text")`. */
function constantsSet(statements: readonly string[]) {
  return statements.flatMap((statement) => {
    const [, key, text] =
      /^set\(datapoint\.attributes\["(\w+)"\], ("(?:[^"\\]|\\.)*")\)$/.exec(statement) ?? [];
    return key === undefined || text === undefined ? [] : [[key, String(JSON.parse(text))] as const];
  });
}
