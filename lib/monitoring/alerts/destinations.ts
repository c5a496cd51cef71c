import { type Destination, type Environment, type Signal, signalsOf } from "../../environment";
import { exporterIds } from "../../pipeline";
import { grown, own, rateMinutes } from "../metrics/series";
import type { Alert } from "./alert";

/** What Alloy counts of a signal, and what people call it. */
const items = {
  metrics: { counted: "metric_points", words: "samples" },
  logs: { counted: "log_records", words: "lines" },
} as const satisfies Readonly<Record<Signal, object>>;

/** What a receiver says to a credential that it doesn't know, or that may not write. */
const credentialErrors = "Unauthenticated|PermissionDenied";

/** How long a loss is told, and how long the first of it stays new. */
const recently = "15m";

/** For how many minutes nothing has been sent, by a rate that tells so, until it is told. */
const unreached = 10;

/** Of a queue's size: from here on it is told that it fills, and that it is full. A batch that doesn't fit waits. */
const shares = { filling: 0.7, full: 0.95 };

/** The alerts of each signal of each destination: what waits there, and what is lost on the way. */
export function destinationAlerts(environment: Environment): readonly Alert[] {
  return environment.destinations.flatMap((destination) =>
    signalsOf(destination).flatMap((signal) => alertsOf(environment, destination, signal)),
  );
}

function alertsOf(environment: Environment, destination: Destination, signal: Signal): readonly Alert[] {
  const { name, queue, retry, auth } = destination;
  const { counted, words } = items[signal];
  const { keeps, sends } = exporterIds(destination, signal);
  const to = `${signal} to ${name}`;
  const labels = { destination: name, signal };
  const size = own(environment, "otelcol_exporter_queue_size", { component_id: keeps });
  const capacity = own(environment, "otelcol_exporter_queue_capacity", { component_id: keeps });
  const sent = own(environment, `otelcol_exporter_sent_${counted}_total`, { component_id: keeps });
  const unsent = own(environment, `otelcol_exporter_enqueue_failed_${counted}_total`, {
    component_id: keeps,
  });
  const failed = (component_id: string, labels: Parameters<typeof own>[2]) =>
    own(environment, `otelcol_exporter_send_failed_${counted}_total`, { component_id, ...labels });
  const waits = queue.storage !== "none" && queue.logsWait && signal === "logs";
  const whenFull = waits
    ? `Then ${words} wait on the nodes, where the kubelet deletes the oldest of a container.`
    : `Then new ${words} are lost.`;
  const rate = rateMinutes(environment);
  const isOver = (share: number) => `${size} > ${share} * ${capacity}`;

  const reached: Alert = {
    name: "AlloyDestinationNotReached",
    severity: queue.storage === "none" ? "critical" : "warning",
    expr: `count(${size} > 0 unless on (node, pod) rate(${sent}[${rate}m]) > 0) > 0`,
    for: `${unreached}m`,
    labels,
    summary: `Nodes that have ${to} to send, and have sent none for ${unreached + rate} minutes: {{ $value }}.`,
    lost:
      queue.storage === "none"
        ? `new ${words}, as there is no queue.`
        : `nothing yet: ${words} wait in the queue, and are sent again. ${whenFull}`,
    outages: "where-data-waits-and-for-how-long",
  };
  const filling: Alert = {
    name: "AlloyQueueFilling",
    severity: "warning",
    expr: `min((${capacity} - ${size}) / clamp_min(deriv(${size}[15m]), 1) and ${isOver(shares.filling)})`,
    for: "5m",
    labels,
    summary: `A queue of ${to} is ${shares.filling * 100} % full. The first one lasts {{ $value | humanizeDuration }} at the rate of the last 15 minutes.`,
    lost: `nothing yet. ${whenFull}`,
    outages: "where-data-waits-and-for-how-long",
  };
  const late: Alert = {
    name: "AlloyLogsLate",
    severity: "critical",
    expr: `count(${isOver(shares.full)}) > 0`,
    for: "5m",
    labels,
    summary: `Nodes that read their logs late, as the queue of ${to} is full and ${words} wait for room in it: {{ $value }}.`,
    lost: "what the kubelet deletes before it is read: the oldest lines of the containers that write the most, by default beyond 50 MiB of each.",
    outages: "when-a-queue-is-full",
  };
  const dropped: Alert = {
    name: "AlloyDataDropped",
    severity: "critical",
    expr: `sum(${grown(unsent, recently)}) > 0`,
    labels,
    summary: `{{ $value | humanize }} ${words} of ${to} were dropped in the last 15 minutes: their queue is full.`,
    lost: `new ${words}, for ${name}, as long as the queue is full. What waits in it is kept.`,
    outages: "when-a-queue-is-full",
  };
  const refused = (isCredential: boolean): Alert => {
    const errors =
      auth.type === "none"
        ? {}
        : { error_type: isCredential ? { like: credentialErrors } : { unlike: credentialErrors } };
    return {
      name: isCredential ? "AlloyCredentialRefused" : "AlloyDataRefused",
      severity: "critical",
      expr: `sum by (error_type) (${grown(failed(sends, { error_permanent: "true", ...errors }), recently)}) > 0`,
      labels,
      summary: `${name} has refused {{ $value | humanize }} ${words} for good in the last 15 minutes: {{ $labels.error_type }}.`,
      lost: isCredential
        ? `all ${words} for ${name}, whatever the queue, until it takes the credential.`
        : `these ${words}, for ${name}: they are not sent again.`,
      outages: "what-a-receiver-takes",
    };
  };
  const givenUp: Alert = {
    name: "AlloyDataGivenUp",
    severity: "critical",
    expr: `sum(${grown(failed(keeps, { error_permanent: "false" }), recently)}) > 0`,
    labels,
    summary: `{{ $value | humanize }} ${words} of ${to} were given up in the last 15 minutes${retry === undefined ? "" : `, after ${retry.maxElapsedTime}`}.`,
    lost: `these ${words}, for ${name}, as the setting retry says.`,
    outages: "what-a-receiver-takes",
  };
  const hasEnd = retry === undefined || retry.maxElapsedTime !== "0s";
  return [
    reached,
    ...(queue.storage === "none" ? [] : [filling, waits ? late : dropped]),
    ...(auth.type === "none" ? [] : [refused(true)]),
    refused(false),
    ...(hasEnd ? [givenUp] : []),
  ];
}
