import { goMemoryShare } from "../../chart";
import type { Environment } from "../../environment";
import { grown, type Match, type Matchers, own } from "../metrics/series";
import type { Alert } from "./alert";

/** The configuration that is committed. */
export interface CommittedConfig {
  /** Of its bytes: the agent tells that of the file that it has read last. */
  readonly sha256: string;
  /** How many components an agent runs that has taken it, without those inside of modules. */
  readonly components: number;
}

/** The alerts of the agent itself, each of which names the node. */
export function agentAlerts(environment: Environment, committed: CommittedConfig): readonly Alert[] {
  return [...configAlerts(environment, committed), ...memoryAlerts(environment)];
}

/**
 * Alloy v1.18.1 takes a load for successful once the file is parsed, whatever becomes of its components (run). So an agent
 * that has read what is committed, and runs another number of components, has not taken it either.
 */
function configAlerts(
  environment: Environment,
  { sha256, components: count }: CommittedConfig,
): readonly Alert[] {
  const unwell = { health_type: { like: "unhealthy|exited" } };
  const running = (labels: Matchers) =>
    own(environment, "alloy_component_controller_running_components", labels);
  const hash = (match: Match) => own(environment, "alloy_config_hash", { sha256: match });
  const unparsed = `max by (node, pod) (${own(environment, "alloy_config_last_load_successful")} == 0)`;
  // Of the file itself: how many there are inside of a foreach, only what it goes through tells.
  const built = running({ controller_id: "" });
  const unbuilt = `(sum by (node, pod) (${built}) != ${count} and on (node, pod) ${hash(sha256)})`;
  return [
    {
      name: "AlloyConfigNotTaken",
      severity: "critical",
      expr: `${unparsed} or ${unbuilt}`,
      for: "5m",
      summary: "The agent of {{ $labels.node }} has not taken its configuration.",
      lost: "nothing, while the old configuration runs on. An agent that ends can't start again.",
      outages: "what-can-be-lost",
    },
    {
      name: "AlloyConfigDrift",
      severity: "warning",
      expr: hash({ not: sha256 }),
      for: "30m",
      summary: "The agent of {{ $labels.node }} has another configuration than the one that is committed.",
      lost: "what the committed configuration would send and this one doesn't.",
      outages: "what-can-be-lost",
    },
    {
      name: "AlloyComponentUnhealthy",
      severity: "critical",
      expr: `sum by (node, pod, health_type) (${running(unwell)}) > 0`,
      for: "10m",
      summary:
        "Components of the agent of {{ $labels.node }} that are {{ $labels.health_type }}: {{ $value }}.",
      lost: "what goes through these components. Alloy's UI names them, and so does its log.",
      outages: "what-can-be-lost",
    },
    {
      name: "AlloyRestarts",
      severity: "warning",
      expr: `changes(${own(environment, "process_start_time_seconds")}[1h]) > 2`,
      summary: "The agent of {{ $labels.node }} has started {{ $value }} times in an hour.",
      lost: "at each end what waits in memory; logs are read on from where they were.",
      outages: "what-can-be-lost",
    },
  ];
}

function memoryAlerts(environment: Environment): readonly Alert[] {
  const { memoryLimit, memoryLimiter } = environment;
  if (memoryLimit === undefined) return [];
  const refused = own(environment, "otelcol_processor_refused_metric_points_total");
  // An agent that has more doesn't keep within what Go is told.
  const bytes = Math.floor(memoryLimit * goMemoryShare);
  const limiter: Alert = {
    name: "AlloyMetricsRefused",
    severity: "critical",
    expr: `sum by (node, pod) (${grown(refused, "15m")}) > 0`,
    summary:
      "The agent of {{ $labels.node }} has refused {{ $value | humanize }} samples in the last 15 minutes, as it is short of memory.",
    lost: "these samples, for every destination. Logs are not refused.",
    outages: "memory",
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
      outages: "memory",
    },
  ];
}
