import { Construct } from "constructs";
import { PrometheusRelabel, PrometheusScrape } from "../../../imports/alloy/prometheus";
import { PrometheusExporterSelf } from "../../../imports/alloy/prometheus.exporter";
import { type Expression, type MetricsReceiver, type PodFieldRequirement, sys } from "../../alloy";
import { type Environment, type ScrapedMetrics, type Signal, signalsOf } from "../../environment";
import { sendLabel } from "../destinations/second-stage";
import { nodeLabel } from "../surroundings/node";

/** What a healthy agent has one series of: itself, each signal of a destination, one of them; or of what goes wrong. */
export type OwnSeries = "agent" | "signal" | Signal | "trouble";

/**
 * The metrics of Alloy that are sent of it: those that alerts and dashboards read, and no others. Whoever reads another one
 * names it here first, with how many series a healthy agent has of it.
 *
 * Source: a run of Alloy v1.18.1. Some of a signal's and those of trouble begin with the first time that they count something.
 */
export const ownMetrics = {
  alloy_build_info: "agent",
  alloy_component_controller_running_components: "agent",
  alloy_config_hash: "agent",
  alloy_config_last_load_successful: "agent",
  http_client_request_duration_seconds_count: "signal",
  http_client_request_duration_seconds_sum: "signal",
  otelcol_exporter_enqueue_failed_log_records_total: "trouble",
  otelcol_exporter_enqueue_failed_metric_points_total: "trouble",
  otelcol_exporter_queue_batch_send_size_bytes_sum: "signal",
  otelcol_exporter_queue_capacity: "signal",
  otelcol_exporter_queue_size: "signal",
  otelcol_exporter_send_failed_log_records_total: "trouble",
  otelcol_exporter_send_failed_metric_points_total: "trouble",
  otelcol_exporter_sent_log_records_total: "logs",
  otelcol_exporter_sent_metric_points_total: "metrics",
  otelcol_processor_refused_metric_points_total: "trouble",
  process_cpu_seconds_total: "agent",
  process_resident_memory_bytes: "agent",
  process_start_time_seconds: "agent",
} as const satisfies Readonly<Record<string, OwnSeries>>;

/** A metric of Alloy's own that is sent. */
export type OwnMetric = keyof typeof ownMetrics;

/** The `job` of the agent's own metrics. */
export const ownJob = "integrations/alloy";

/**
 * The labels that tell the series of one agent apart, for those who read them. Others say the same of all, such as a
 * component's path, or are of no use there, such as the server's address beside the component's name.
 */
export const ownLabels = [
  "component_id",
  // What is in a module, such as an instance of a declare, is counted by itself.
  "controller_id",
  "controller_path",
  "data_type",
  "error_permanent",
  "error_type",
  "health_type",
  "http_response_status_code",
  "sha256",
  "version",
] as const;

/** The bytes of a sample of {@link ownMetrics}, as it is sent before compression (run: 218). */
export const ownSampleBytes = 218;

/** The series that a healthy agent sends of itself with {@link ownMetrics}, once each destination has got something. */
export function ownSeriesOf({ destinations }: Pick<Environment, "destinations">): number {
  const of = (kind: OwnSeries) => Object.values(ownMetrics).filter((one) => one === kind).length;
  const signals = destinations.flatMap(signalsOf);
  return signals.reduce((sum, signal) => sum + of("signal") + of(signal), of("agent"));
}

/** What an {@link OwnMetrics} takes. */
export interface OwnMetricsProps extends ScrapedMetrics {
  readonly forwardTo: Expression<MetricsReceiver>;
  /** The agent's. */
  readonly namespace: string;
  /** Everything that Alloy counts is sent, and not {@link ownMetrics} alone. */
  readonly all: boolean;
}

/** What the agent counts of itself: {@link ownMetrics}, or all. Job {@link ownJob}. */
export class OwnMetrics extends Construct {
  constructor(scope: Construct, id: string, { forwardTo, namespace, all, scrapeInterval }: OwnMetricsProps) {
    super(scope, id);
    const exporter = new PrometheusExporterSelf(this, "alloy");
    const labels = new PrometheusRelabel(this, "alloy", {
      rule: [
        ...(all ? [withoutScope] : needed),
        { targetLabel: "job", replacement: ownJob },
        nodeLabel,
        { targetLabel: "namespace", replacement: namespace },
        { targetLabel: "pod", replacement: podName },
      ],
      forwardTo: [forwardTo],
    }).requires(podNameField);
    new PrometheusScrape(this, "alloy", {
      targets: exporter.targets,
      forwardTo: [labels.receiver],
      scrapeInterval,
    });
  }
}

/** The variable that tells the agent its pod's name: the host's name is the node's where the pod shares its network. */
const podNameField: PodFieldRequirement = {
  kind: "podField",
  variable: "POD_NAME",
  fieldPath: "metadata.name",
};

/** The pod that the agent runs in, for a component that requires {@link podNameField}. */
const podName = sys.env(podNameField.variable);

/** What OpenTelemetry says of the code that counts. */
const withoutScope = { action: "labeldrop", regex: "otel_scope_.*" } as const;

const needed = [
  { sourceLabels: ["__name__"], regex: Object.keys(ownMetrics).join("|"), action: "keep" },
  {
    // Each exporter counts a queue of each signal, of which it has one.
    sourceLabels: ["component_id", "data_type"],
    regex: ".*_metrics;(logs|traces)|.*_logs;(metrics|traces)",
    action: "drop",
  },
  {
    // The first stage counts the same of it: what a second stage is answered, it hands on.
    sourceLabels: ["__name__", "component_id"],
    regex: `(otelcol_exporter_sent|http_client)_.*;.*${sendLabel("")}`,
    action: "drop",
  },
  { action: "labelkeep", regex: ["__name__", "instance", "job", ...ownLabels].join("|") },
] as const;
