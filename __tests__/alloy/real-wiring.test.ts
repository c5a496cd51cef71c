import { BeylaEbpf } from "../../imports/alloy/beyla";
import { Logging, Tracing } from "../../imports/alloy/config";
import { DatabaseObservabilityPostgres } from "../../imports/alloy/database_observability";
import { DiscoveryFile, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { FaroReceiver } from "../../imports/alloy/faro";
import { LocalFile } from "../../imports/alloy/local";
import { LokiRelabel, LokiWrite } from "../../imports/alloy/loki";
import { LokiRulesKubernetes } from "../../imports/alloy/loki.rules";
import { LokiSourceApi, LokiSourceJournal } from "../../imports/alloy/loki.source";
import { OtelcolAuthBasic } from "../../imports/alloy/otelcol.auth";
import { OtelcolConnectorSpanmetrics } from "../../imports/alloy/otelcol.connector";
import { OtelcolExporterOtlp, OtelcolExporterPrometheus } from "../../imports/alloy/otelcol.exporter";
import { OtelcolExtensionJaegerRemoteSampling } from "../../imports/alloy/otelcol.extension";
import { OtelcolReceiverOtlp } from "../../imports/alloy/otelcol.receiver";
import { OtelcolStorageFile } from "../../imports/alloy/otelcol.storage";
import { PrometheusRelabel, PrometheusRemoteWrite, PrometheusScrape } from "../../imports/alloy/prometheus";
import { PrometheusExporterBlackbox } from "../../imports/alloy/prometheus.exporter";
import { PrometheusOperatorServicemonitors } from "../../imports/alloy/prometheus.operator";
import { PyroscopeRelabel, PyroscopeScrape, PyroscopeWrite } from "../../imports/alloy/pyroscope";
import { RemoteHttp } from "../../imports/alloy/remote";
import { RemoteKubernetesSecret } from "../../imports/alloy/remote.kubernetes";
import { type AlloyConfig, concatStrings, convert, encoding, entry, sys } from "../../lib/alloy";
import { mistakesIn, newConfig } from "./new-config";

const metricsTo = (config: AlloyConfig) =>
  new PrometheusRemoteWrite(config, "remote", { endpoint: [{ url: "http://x" }] }).receiver;
const logsTo = (config: AlloyConfig) =>
  new LokiWrite(config, "remote", { endpoint: [{ url: "http://x" }] }).receiver;
const tracesTo = (config: AlloyConfig) =>
  new OtelcolExporterOtlp(config, "remote", { client: { endpoint: "x:4317" } });

/** What people build with Alloy; none of it is a mistake. */
const pipelines: readonly (readonly [string, (config: AlloyConfig) => void])[] = [
  [
    "rules of a relabeling that gets no data",
    (config) => {
      const rules = new LokiRelabel(config, "journal", {
        forwardTo: [],
        rule: [{ action: "drop", regex: "x" }],
      });
      new LokiSourceJournal(config, "all", { relabelRules: rules.rules, forwardTo: [logsTo(config)] });
    },
  ],
  [
    "rules of discovery",
    (config) => {
      const { rules } = new DiscoveryRelabel(config, "api", {
        targets: [],
        rule: [{ action: "labeldrop", regex: "x" }],
      });
      new LokiSourceApi(config, "push", { forwardTo: [logsTo(config)], relabelRules: rules });
    },
  ],
  [
    "targets of an exporter that has traces too, without traces",
    (config) => {
      const beyla = new BeylaEbpf(config, "app", {});
      new PrometheusScrape(config, "app", { targets: beyla.targets, forwardTo: [metricsTo(config)] });
    },
  ],
  [
    "traces of an exporter that has targets too, without its targets",
    (config) => void new BeylaEbpf(config, "app", { output: { traces: [tracesTo(config).input] } }),
  ],
  [
    "logs of a database of which nobody reads the metrics and to which nobody sends logs",
    (config) =>
      void new DatabaseObservabilityPostgres(config, "db", {
        dataSourceName: sys.env("DSN"),
        targets: [],
        forwardTo: [logsTo(config)],
      }),
  ],
  [
    "storage and authentication of an exporter",
    (config) => {
      const queue = new OtelcolStorageFile(config, "queue");
      const auth = new OtelcolAuthBasic(config, "me", { username: "me", password: sys.env("PASSWORD") });
      const exporter = new OtelcolExporterOtlp(config, "remote", {
        client: { endpoint: "x:4317", auth: auth.handler },
        sendingQueue: { storage: queue.handler },
      });
      new OtelcolReceiverOtlp(config, "apps", { grpc: {}, output: { traces: [exporter.input] } });
    },
  ],
  [
    "a server that sends nothing",
    (config) =>
      void new OtelcolExtensionJaegerRemoteSampling(config, "x", { http: {}, source: { file: "/a.json" } }),
  ],
  [
    "rules that are synchronized",
    (config) => void new LokiRulesKubernetes(config, "x", { address: "http://loki" }),
  ],
  [
    "monitors of the operator",
    (config) => void new PrometheusOperatorServicemonitors(config, "x", { forwardTo: [metricsTo(config)] }),
  ],
  [
    "a file in an expression of an argument",
    (config) => {
      const modules = new LocalFile(config, "modules", { filename: "/etc/modules.json" });
      const blackbox = new PrometheusExporterBlackbox(config, "x", {
        config: convert.nonsensitive(modules.content),
        target: [{ name: "a", address: "http://a" }],
      });
      new PrometheusScrape(config, "x", { targets: blackbox.targets, forwardTo: [metricsTo(config)] });
    },
  ],
  [
    "a Secret and a response in expressions",
    (config) => {
      const secret = new RemoteKubernetesSecret(config, "x", { namespace: "a", name: "b" });
      const found = new RemoteHttp(config, "x", { url: "http://targets" });
      new PrometheusScrape(config, "x", {
        targets: encoding.fromJson(convert.nonsensitive(found.content)),
        forwardTo: [metricsTo(config)],
        authorization: { type: "Bearer", credentials: entry(secret.data, "token") },
      });
    },
  ],
  [
    "traces that become metrics",
    (config) => {
      const metrics = new OtelcolExporterPrometheus(config, "x", { forwardTo: [metricsTo(config)] });
      const spans = new OtelcolConnectorSpanmetrics(config, "x", {
        histogram: { explicit: {} },
        output: { metrics: [metrics.input] },
      });
      const traces = [spans.input, tracesTo(config).input];
      new OtelcolReceiverOtlp(config, "apps", { grpc: {}, output: { traces } });
    },
  ],
  [
    "logs and traces of browsers",
    (config) =>
      void new FaroReceiver(config, "x", {
        output: { logs: [logsTo(config)], traces: [tracesTo(config).input] },
      }),
  ],
  [
    "profiles",
    (config) => {
      const write = new PyroscopeWrite(config, "x", { endpoint: [{ url: "http://x" }] });
      const relabel = new PyroscopeRelabel(config, "x", { forwardTo: [write.receiver] });
      const targets = new DiscoveryFile(config, "x", { files: ["/etc/targets.json"] }).targets;
      new PyroscopeScrape(config, "x", { targets, forwardTo: [relabel.receiver] });
    },
  ],
  ["Alloy's own logs", (config) => void new Logging(config, { writeTo: [logsTo(config)] })],
  ["Alloy's own traces", (config) => void new Tracing(config, { writeTo: [tracesTo(config).input] })],
  ["Alloy's own settings", (config) => void new Logging(config, { level: "debug" })],
  [
    "a secret joined with text",
    (config) => {
      const secret = new RemoteKubernetesSecret(config, "x", { namespace: "a", name: "b" });
      const relabel = new PrometheusRelabel(config, "x", { forwardTo: [metricsTo(config)] });
      new PrometheusScrape(config, "x", {
        targets: [],
        forwardTo: [relabel.receiver],
        bearerToken: concatStrings("prefix-", entry(secret.data, "token")),
      });
    },
  ],
];

test.each(pipelines)("%s", (_, build) => {
  const config = newConfig();
  build(config);
  expect(mistakesIn(config)).toEqual([]);
});
