import { createHash } from "node:crypto";
import type { AlloyConfig } from "../../lib/alloy";
import { type Environment, signalsOf } from "../../lib/environment";
import { exporterIds } from "../../lib/pipeline";
import type { OwnMetric, ownLabels } from "../../lib/pipeline/sources/own-metrics";
import type { TestSeries } from "../engines/promtool";

const mebibyte = 2 ** 20;

/** The labels of an agent's own series. */
export const ofNode = (node: string) => ({
  cluster: "east",
  namespace: "monitoring",
  job: "integrations/alloy",
  instance: node,
  node,
  pod: `alloy-${node}`,
});

/** Those of its labels that it is sent with, beside those of the agent. */
export type OwnLabels = { readonly [Label in (typeof ownLabels)[number]]?: string };

/** A series of an agent's own. */
export function own(metric: OwnMetric, labels: OwnLabels, values: string, node = "n1"): TestSeries {
  return { metric, labels: { ...ofNode(node), ...labels }, values };
}

/** A value that stays for an hour. */
export const hour = "x120";
export const exporter = (label: string) => ({ component_id: `otelcol.exporter.otlphttp.${label}` });
export const intake = { component_id: "otelcol.processor.memory_limiter.intake" };
export const kubeStateMetrics = { cluster: "east", job: "kube-state-metrics", instance: "10.0.0.9:8080" };
export const aistore = {
  cluster: "east",
  job: "aistore",
  namespace: "ais",
  ais_cluster: "ais",
  instance: "10.0.0.7:51081",
};

/** What an agent that is well sends of itself in an hour. */
function healthyAgent(of: Environment, config: AlloyConfig, node: string): readonly TestSeries[] {
  const sha256 = createHash("sha256").update(config.toString()).digest("hex");
  return [
    own("alloy_build_info", { version: "v1.18.1" }, `1${hour}`, node),
    own("process_cpu_seconds_total", {}, `0+3${hour}`, node),
    own("alloy_config_hash", { sha256 }, `1${hour}`, node),
    own("alloy_config_last_load_successful", {}, `1${hour}`, node),
    own(
      "alloy_component_controller_running_components",
      { health_type: "healthy" },
      `${config.components.length}${hour}`,
      node,
    ),
    own("process_resident_memory_bytes", {}, `${200 * mebibyte}${hour}`, node),
    own("process_start_time_seconds", {}, `1000${hour}`, node),
    ...of.destinations.flatMap((destination) =>
      signalsOf(destination).flatMap((signal) => {
        const { keeps } = exporterIds(destination, signal);
        const counted = signal === "logs" ? "log_records" : "metric_points";
        const queue = { component_id: keeps, data_type: signal };
        const answer = { component_id: keeps, http_response_status_code: "200" };
        const size = destination.queue.storage === "none" ? 2 ** 30 : destination.queue.size;
        return [
          // Now and then something is on its way when the queue is looked at.
          own("otelcol_exporter_queue_size", queue, "0 0 4000 0 ".repeat(30).trim(), node),
          own("otelcol_exporter_queue_capacity", queue, `${size}${hour}`, node),
          own(
            "otelcol_exporter_queue_batch_send_size_bytes_sum",
            { component_id: keeps },
            `0+6000${hour}`,
            node,
          ),
          own(`otelcol_exporter_sent_${counted}_total`, { component_id: keeps }, `0+100${hour}`, node),
          own("http_client_request_duration_seconds_count", answer, `0+10${hour}`, node),
          own("http_client_request_duration_seconds_sum", answer, `0+1${hour}`, node),
        ];
      }),
    ),
  ];
}

/** What comes of a cluster of two nodes in an hour in which all is well, by the names and labels of the pipeline. */
export function healthySeries(of: Environment, config: AlloyConfig): readonly TestSeries[] {
  return [
    ...["n1", "n2"].flatMap((node) => [
      ...healthyAgent(of, config, node),
      {
        metric: "kube_node_info",
        labels: { ...kubeStateMetrics, node, os_image: "Ubuntu 24.04" },
        values: `1${hour}`,
      },
    ]),
    {
      metric: "kube_node_info",
      labels: { ...kubeStateMetrics, node: "fargate-ip-10-0-0-1", os_image: "Linux" },
      values: `1${hour}`,
    },
    {
      metric: "kube_node_info",
      labels: { ...kubeStateMetrics, node: "win-1", os_image: "Windows Server 2022" },
      values: `1${hour}`,
    },
    { metric: "up", labels: kubeStateMetrics, values: `1${hour}` },
    { metric: "up", labels: aistore, values: `1${hour}` },
  ];
}
