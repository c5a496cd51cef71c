import { type OwnMetric, sendLabel } from "../../pipeline";
import { grown } from "../metrics/series";
import { own, type Row, rate } from "./dashboard";
import { graph } from "./grafana";

/** A number of each exporter, by its name: that of the destination, with what it sends of it. */
function byExporter(expr: string): string {
  return `label_replace(${expr}, "exporter", "$1", "component_id", "otelcol[.]exporter[.]otlphttp[.](.+)")`;
}

/** The exporters that a signal comes to first: those of second stages count again what a destination doesn't take. */
const first = { component_id: { unlike: `.+${sendLabel("")}` } };

const size = own("otelcol_exporter_queue_size");
const gathered = own("otelcol_exporter_queue_batch_send_size_bytes_sum");
const capacity = own("otelcol_exporter_queue_capacity");

/** How long it took to gather what waits in a queue: so late is the oldest of it. */
export const behind = `${size} / on (cluster, namespace, node, pod, component_id) (rate(${gathered}[15m]) > 0)`;

/** Counters of what is lost, by why. */
export const losses = {
  "samples, queue full": own("otelcol_exporter_enqueue_failed_metric_points_total"),
  "lines, queue full": own("otelcol_exporter_enqueue_failed_log_records_total"),
  "samples, not taken": own("otelcol_exporter_send_failed_metric_points_total", first),
  "lines, not taken": own("otelcol_exporter_send_failed_log_records_total", first),
  "samples, short of memory": own("otelcol_processor_refused_metric_points_total"),
};

const sent = (metric: OwnMetric) => byExporter(`sum by (cluster, component_id) (${rate(own(metric))})`);
const requests = (labels: string) =>
  byExporter(`sum by (${labels}) (${rate(own("http_client_request_duration_seconds_count"))})`);

/** What each destination gets, what waits for it, and what is lost. */
export const destinations: Row = {
  id: 200,
  title: "Destinations",
  panels: [
    graph({
      id: 201,
      title: "Samples sent",
      description: "What each exporter has sent, a second.",
      queries: { "{{cluster}} {{exporter}}": sent("otelcol_exporter_sent_metric_points_total") },
    }),
    graph({
      id: 202,
      title: "Lines of logs sent",
      description: "What each exporter has sent, a second.",
      queries: { "{{cluster}} {{exporter}}": sent("otelcol_exporter_sent_log_records_total") },
    }),
    graph({
      id: 203,
      title: "Bytes",
      description: "What comes to each exporter to be sent, before compression.",
      unit: "Bps",
      queries: {
        "{{cluster}} {{exporter}}": byExporter(`sum by (cluster, component_id) (${rate(gathered)})`),
      },
    }),
    graph({
      id: 204,
      title: "Queues",
      description: "How full the fullest queue of all nodes is.",
      unit: "percentunit",
      max: 1,
      queries: {
        "{{cluster}} {{exporter}}": byExporter(`max by (cluster, component_id) (${size} / ${capacity})`),
      },
    }),
    graph({
      id: 205,
      title: "Behind",
      description:
        "How long ago the oldest of what waits came in, on the node that is farthest behind. Lines of logs that wait for room in a full queue are not counted: they are in the node's files.",
      unit: "s",
      queries: { "{{cluster}} {{exporter}}": byExporter(`max by (cluster, component_id) (${behind})`) },
    }),
    graph({
      id: 206,
      title: "Lost",
      description:
        "By why: the queue was full; the destination did not take it for good, or it was given up; the agent was short of memory. Without a queue, what is not taken counts as both of the first.",
      stacked: true,
      queries: Object.fromEntries(
        Object.entries(losses).map(([why, counter]) => [
          `{{cluster}} ${why}`,
          `sum by (cluster) (${grown(counter, "$__rate_interval")})`,
        ]),
      ),
    }),
    graph({
      id: 207,
      title: "Answers",
      description: "What destinations answer, requests a second. Nothing as a status is that no answer came.",
      unit: "reqps",
      queries: {
        "{{cluster}} {{exporter}} {{http_response_status_code}}": requests(
          "cluster, component_id, http_response_status_code",
        ),
      },
    }),
    graph({
      id: 208,
      title: "Time of an answer",
      description: "On average.",
      unit: "s",
      queries: {
        "{{cluster}} {{exporter}}": byExporter(
          `sum by (cluster, component_id) (${rate(own("http_client_request_duration_seconds_sum"))}) / sum by (cluster, component_id) (${rate(own("http_client_request_duration_seconds_count"))})`,
        ),
      },
    }),
  ],
};
