import { agent, saidOf } from "./objects";

const data = (before: string, after: string) => saidOf("Data", agent(before), agent(after));

const exporter = (name: string) =>
  `otelcol.exporter.otlphttp "${name}" {\n  client { endpoint = "a" }\n  sending_queue { }\n}\n`;
const input = (name: string) => `otelcol.exporter.otlphttp.${name}.input`;
// One transform for both signals, as the pipeline has.
const sinks = `${["local_metrics", "remote_metrics", "remote_logs"].map(exporter).join("")}otelcol.processor.transform "cluster" {
  output {
    metrics = [${input("local_metrics")}, ${input("remote_metrics")}]
    logs    = [${input("remote_logs")}]
  }
}
otelcol.receiver.prometheus "metrics" { 
  output { metrics = [otelcol.processor.transform.cluster.input] }
}
otelcol.receiver.loki "logs" { 
  output { logs = [otelcol.processor.transform.cluster.input] }
}
`;
const scrape = (label: string, interval?: string, to = "otelcol.receiver.prometheus.metrics.receiver") =>
  `prometheus.scrape "${label}" {\n  targets = []\n  forward_to = [${to}]\n${interval === undefined ? "" : `  scrape_interval = "${interval}"\n`}}\n`;
const tail = `loki.source.kubernetes "pods" {\n  targets = []\n  forward_to = [otelcol.receiver.loki.logs.receiver]\n}\n`;

const metrics = "otelcol.exporter.otlphttp local_metrics, remote_metrics";
const logs = "otelcol.exporter.otlphttp remote_logs";

test("sources that come are told, with the exporters that get what they read", () => {
  expect(data(sinks, sinks + scrape("a") + tail + scrape("b"))).toEqual([
    `+ what is read from now on, and goes to ${metrics}: prometheus.scrape a, b`,
    `+ what is read from now on, and goes to ${logs}: loki.source.kubernetes pods`,
  ]);
});

test("sources that go are told, with the exporters that got what they read", () => {
  expect(data(sinks + scrape("a") + tail, sinks)).toEqual([
    `- what is read no more, and went to ${metrics}: prometheus.scrape a`,
    `- what is read no more, and went to ${logs}: loki.source.kubernetes pods`,
  ]);
});

test("nothing is told of a source that stays as it was, or that no exporter gets", () => {
  const one = sinks + scrape("a");
  expect(data(one, `${one}logging { level = "warn" }\n`)).toEqual([]);
  expect(data(one, one + scrape("b", "30s", ""))).toEqual([]);
});

test.each([
  ["30s", "1m", "what is read every 1m, and was every 30s, 0.5 times the samples"],
  ["2m", "15s", "what is read every 15s, and was every 2m, 8 times the samples"],
  [undefined, "20s", "what is read every 20s, and was every 60s, 3 times the samples"],
])("from every %s to every %s, there are so many times the samples", (before, after, words) => {
  const both = (interval?: string) => sinks + scrape("a", interval) + scrape("b", interval);
  expect(data(both(before), both(after))).toEqual([`~ ${words}: prometheus.scrape a, b`]);
});
