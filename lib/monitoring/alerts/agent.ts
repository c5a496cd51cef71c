import type { Environment } from "../../environment";
import { grown, own } from "../metrics/series";
import type { Alert } from "./alert";

/** Of the memory limit: beyond what Go keeps within. */
const nearLimit = 0.9;

/**
 * The alerts of the agent itself, each of which names the node.
 *
 * @param sha256 of the configuration's bytes: the agent tells that of the file that it has read last
 */
export function agentAlerts(environment: Environment, sha256: string): readonly Alert[] {
  return [...configAlerts(environment, sha256), ...memoryAlerts(environment)];
}

function configAlerts(environment: Environment, sha256: string): readonly Alert[] {
  const unwell = { health_type: { like: "unhealthy|exited" } };
  const components = own(environment, "alloy_component_controller_running_components", unwell);
  return [
    {
      name: "AlloyConfigNotTaken",
      severity: "critical",
      expr: `${own(environment, "alloy_config_last_load_successful")} == 0`,
      for: "5m",
      summary: "The agent of {{ $labels.node }} has not taken its configuration.",
      lost: "nothing, while the old configuration runs on. An agent that ends can't start again.",
    },
    {
      name: "AlloyConfigDrift",
      severity: "warning",
      expr: own(environment, "alloy_config_hash", { sha256: { not: sha256 } }),
      for: "30m",
      summary: "The agent of {{ $labels.node }} has another configuration than the one that is committed.",
      lost: "what the committed configuration would send and this one doesn't.",
    },
    {
      name: "AlloyComponentUnhealthy",
      severity: "critical",
      expr: `sum by (node, pod, health_type) (${components}) > 0`,
      for: "10m",
      summary:
        "Components of the agent of {{ $labels.node }} that are {{ $labels.health_type }}: {{ $value }}.",
      lost: "what goes through these components. Alloy's UI names them, and so does its log.",
    },
    {
      name: "AlloyRestarts",
      severity: "warning",
      expr: `changes(${own(environment, "process_start_time_seconds")}[1h]) > 2`,
      summary: "The agent of {{ $labels.node }} has started {{ $value }} times in an hour.",
      lost: "at each end what waits in memory; logs are read on from where they were.",
    },
  ];
}

function memoryAlerts(environment: Environment): readonly Alert[] {
  const { memoryLimit, memoryLimiter } = environment;
  if (memoryLimit === undefined) return [];
  const refused = own(environment, "otelcol_processor_refused_metric_points_total");
  const bytes = Math.floor(memoryLimit * nearLimit);
  const limiter: Alert = {
    name: "AlloyMetricsRefused",
    severity: "critical",
    expr: `sum by (node, pod) (${grown(refused, "15m")}) > 0`,
    summary:
      "The agent of {{ $labels.node }} has refused {{ $value | humanize }} samples in the last 15 minutes, as it is short of memory.",
    lost: "these samples, for every destination. Logs are not refused.",
  };
  return [
    ...(memoryLimiter ? [limiter] : []),
    {
      name: "AlloyMemoryNearLimit",
      severity: "warning",
      expr: `${own(environment, "process_resident_memory_bytes")} > ${bytes}`,
      for: "15m",
      summary: "The agent of {{ $labels.node }} has {{ $value | humanize1024 }}B of memory, near its limit.",
      lost: "nothing yet. At the limit the agent is ended, and what waits in memory is lost.",
    },
  ];
}
