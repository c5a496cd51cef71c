import { type Signal, signals } from "../../../lib/environment/settings/destination";
import { receiverMistake } from "../../../lib/environment/settings/receivers";
import { diagnosticsOf, environmentOf } from "../reading";

type Role = Signal | "base" | "base of metrics" | "base of logs";

/** What is said of a URL; a base is for both signals, if not for one alone. */
function said(role: Role, url: string): string | undefined {
  switch (role) {
    case "base":
      return receiverMistake(url, "base", signals);
    case "base of metrics":
      return receiverMistake(url, "base", ["metrics"]);
    case "base of logs":
      return receiverMistake(url, "base", ["logs"]);
    default:
      return receiverMistake(url, role, [role]);
  }
}

/** URLs of real receivers, each with where it is documented. */
const good: readonly (readonly [role: Role, url: string, source: string])[] = [
  // OpenTelemetry's specification of OTLP: a base without a path, port 4318, /v1/metrics and /v1/logs.
  ["base", "http://otel-collector.monitoring.svc:4318", "opentelemetry.io: Collector, otlp receiver"],
  ["base", "http://otel-collector.monitoring.svc.cluster.local:4318/", "opentelemetry.io: OTLP exporter"],
  ["metrics", "http://otel-collector.monitoring.svc:4318/v1/metrics", "opentelemetry.io: OTLP/HTTP request"],
  ["logs", "http://otel-collector.monitoring.svc:4318/v1/logs", "opentelemetry.io: OTLP/HTTP request"],
  ["base", "http://alloy-gateway.monitoring.svc:4318", "grafana.com: otelcol.receiver.otlp"],
  ["base", "http://fluent-bit.logging.svc:4318", "docs.fluentbit.io: OpenTelemetry input"],
  ["logs", "http://vector.logging.svc:4318/v1/logs", "vector.dev: opentelemetry source"],
  // Inside a cluster.
  [
    "base of metrics",
    "http://prometheus-operated.monitoring.svc:9090/api/v1/otlp",
    "prometheus.io: OpenTelemetry guide",
  ],
  [
    "metrics",
    "http://prometheus-kube-prometheus-prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp/v1/metrics",
    "prometheus.io: OpenTelemetry guide",
  ],
  [
    "metrics",
    "https://prometheus.example.com/prom/api/v1/otlp/v1/metrics",
    "prometheus.io: --web.route-prefix",
  ],
  ["metrics", "http://p.monitoring.svc:9090/api/v1/otlp/v1/metrics", "prometheus.io: OpenTelemetry guide"],
  [
    "logs",
    "http://loki-gateway.monitoring.svc.cluster.local/otlp/v1/logs",
    "grafana.com: Loki, OTLP ingestion",
  ],
  ["logs", "http://loki.monitoring.svc:3100/otlp/v1/logs", "grafana.com: Loki, HTTP API"],
  ["base of logs", "http://loki-write.loki.svc:3100/otlp", "grafana.com: Loki, OTLP ingestion"],
  ["metrics", "http://mimir-gateway.mimir.svc/otlp/v1/metrics", "grafana.com: Mimir, OTLP"],
  ["base of metrics", "http://mimir-distributor.mimir.svc:8080/otlp", "grafana.com: Mimir, OTLP"],
  [
    "metrics",
    "http://cortex-distributor.cortex.svc:8080/api/v1/otlp/v1/metrics",
    "cortexmetrics.io: HTTP API",
  ],
  [
    "metrics",
    "http://victoria-metrics.monitoring.svc:8428/opentelemetry/v1/metrics",
    "docs.victoriametrics.com: OpenTelemetry",
  ],
  [
    "metrics",
    "http://vmsingle-main.monitoring.svc:8428/opentelemetry/api/v1/push",
    "docs.victoriametrics.com: changelog, the path of old",
  ],
  [
    "metrics",
    "http://vminsert-main.monitoring.svc:8480/insert/0/opentelemetry/v1/metrics",
    "docs.victoriametrics.com: cluster, URL format",
  ],
  [
    "base of metrics",
    "http://vmagent.monitoring.svc:8429/opentelemetry",
    "docs.victoriametrics.com: vmagent",
  ],
  [
    "logs",
    "http://victoria-logs-single-server.logs.svc:9428/insert/opentelemetry/v1/logs",
    "docs.victoriametrics.com: VictoriaLogs, OpenTelemetry",
  ],
  [
    "base of logs",
    "http://vlinsert.logs.svc:9481/insert/opentelemetry",
    "docs.victoriametrics.com: VictoriaLogs cluster",
  ],
  ["base", "http://greptimedb.db.svc:4000/v1/otlp", "docs.greptime.com: OTLP"],
  ["base", "http://openobserve.o2.svc:5080/api/default", "openobserve.ai: OTEL collector"],
  ["logs", "http://openobserve.o2.svc:5080/api/default/v1/logs", "openobserve.ai: logs ingestion"],
  ["logs", "http://seq.logs.svc:5341/ingest/otlp/v1/logs", "docs.datalust.co: OpenTelemetry"],
  [
    "metrics",
    "http://data-prepper.search.svc:21893/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    "docs.opensearch.org: otlp source",
  ],
  [
    "logs",
    "http://ingest.search.svc:21893/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    "docs.opensearch.org: otlp source",
  ],
  ["base", "http://signoz-otel-collector.signoz.svc:4318", "signoz.io: Kubernetes"],
  ["base of metrics", "https://es.example.com:9200/_otlp", "elastic.co: OTLP endpoint of Elasticsearch"],
  // Services.
  ["base", "https://otlp-gateway-prod-us-east-0.grafana.net/otlp", "grafana.com: Cloud, OTLP"],
  ["logs", "https://logs-prod-006.grafana.net/otlp/v1/logs", "grafana.com: Cloud, Loki"],
  [
    "metrics",
    "https://prometheus-prod-13-prod-us-east-0.grafana.net/otlp/v1/metrics",
    "grafana.com: Cloud, Mimir",
  ],
  ["base", "https://abc12345.live.dynatrace.com/api/v2/otlp", "docs.dynatrace.com: OTLP export"],
  ["base", "https://activegate.example.com:9999/e/abc12345/api/v2/otlp", "docs.dynatrace.com: OTLP export"],
  ["metrics", "https://otlp.datadoghq.com/v1/metrics", "docs.datadoghq.com: OTLP metrics intake"],
  ["logs", "https://otlp.us3.datadoghq.com/v1/logs", "docs.datadoghq.com: OTLP logs intake"],
  ["base", "https://otlp.nr-data.net", "docs.newrelic.com: OTLP endpoint"],
  ["base", "https://otlp.eu01.nr-data.net:4318", "docs.newrelic.com: OTLP endpoint"],
  ["base", "https://api.honeycomb.io", "docs.honeycomb.io: OTLP"],
  ["base", "https://api.eu1.honeycomb.io:443/", "docs.honeycomb.io: OTLP"],
  ["metrics", "https://ingest.us1.signalfx.com/v2/datapoint/otlp", "help.splunk.com: OTLP/HTTP exporter"],
  ["base", "https://123456789012.collect.observeinc.com/v2/otel", "docs.observeinc.com: endpoints, otel"],
  ["base", "https://telemetry.googleapis.com", "docs.cloud.google.com: Telemetry API"],
  ["base", "https://ingest.us.signoz.cloud:443", "signoz.io: ingestion"],
  ["logs", "https://api.axiom.co/v1/logs", "axiom.co: OpenTelemetry"],
  ["base", "https://ingress.eu-west-1.aws.dash0.com", "dash0.com: endpoints"],
  [
    "base",
    "https://endpoint4.collection.sumologic.com/receiver/v1/otlp/abc",
    "help.sumologic.com: OTLP/HTTP source",
  ],
  ["base", "https://tenant.chronosphere.io/data/opentelemetry", "docs.chronosphere.io: OTLP"],
  ["logs", "https://o1.ingest.sentry.io/api/2/integration/otlp/v1/logs", "docs.sentry.io: OTLP"],
  ["logs", "https://logs.us-east-1.amazonaws.com/v1/logs", "docs.aws.amazon.com: CloudWatch, OTLP endpoints"],
  [
    "metrics",
    "https://dce.eastus-1.metrics.ingest.monitor.azure.com/datacollectionRules/dcr-1/streams/microsoft-otelmetrics/otlp/v1/metrics",
    "learn.microsoft.com: Azure Monitor, OTLP",
  ],
  ["base", "https://otlp.last9.io", "last9.io: OpenTelemetry"],
  // A proxy before them: a path, a tenant, a query.
  ["base", "https://gateway.example.com/otel-collector", "a proxy"],
  ["base", "https://gateway.example.com/tenant-a/otlp", "a proxy"],
  [
    "logs",
    "https://gateway.example.com/tenant-a/v1/logs?_stream_fields=service.name",
    "docs.victoriametrics.com: stream fields",
  ],
  [
    "base",
    "http://prometheus-otel-collector.monitoring.svc:4318",
    "a collector that is named after what it sends to",
  ],
  ["base", "https://otlp.example.com/otlp", "a collector behind a path"],
  ["metrics", "http://mimir.example.com/api/otlp/v1/metrics", "Mimir behind a path"],
  ["base", "http://10.0.0.7", "an address"],
  ["base", "http://[fd00::7]:4318", "an address"],
];

const anyPath = "or any_path: true if it takes OTLP there";
const notTheEnd = (signal: Signal) =>
  `doesn't end in /v1/${signal}, as URLs for ${signal} do; write it in full, ${anyPath}`;
const at = (name: string, signal: Signal, end: string) =>
  `is that of ${name}, which takes ${signal} at ${end}; write a URL that ends in it, ${anyPath}`;
const base = (name: string, end: string) =>
  `is that of ${name}, whose base URL ends in ${end}; write it so, ${anyPath}`;
const noPath = (name: string) => `is that of ${name}, whose base URL has no path; remove it, ${anyPath}`;
const slash = "ends in a slash, with which it is another path; write the URL without it";
const slashes = "has two slashes in its path, between which there is nothing; write one";
const alone = (name: string, takes: Signal, not: Signal) =>
  `is that of ${name}, which takes no ${not}; write it as ${takes}Endpoint, with /v1/${takes} behind it, or write ${not}Endpoint too, ${anyPath}`;
const takesNo = (name: string, not: Signal) =>
  `is that of ${name}, which takes no ${not}; write the URL of what takes ${not}, ${anyPath}`;
const nothing = (name: string, sent: string) =>
  `is that of ${name}; write the URL of what takes ${sent}, ${anyPath}`;
const saysNothing = `has a path that says nothing of OTLP; write the base URL, to which /v1/metrics and /v1/logs are added, ${anyPath}`;
const protocol = (end: string, name: string, otlp: string) =>
  `ends in ${end}, which takes ${name}; write the URL for OTLP, such as one that ends in ${otlp}`;

const bad: readonly (readonly [role: Role, url: string, says: string])[] = [
  // The reported ones.
  ["logs", "http://loki-gateway.monitoring.svc/otlp", at("Loki", "logs", "/otlp/v1/logs")],
  [
    "metrics",
    "http://prometheus.monitoring.svc:9090/api/v1/otlp/",
    at("Prometheus", "metrics", "/api/v1/otlp/v1/metrics"),
  ],
  ["metrics", "http://p.monitoring.svc:9090", at("Prometheus", "metrics", "/api/v1/otlp/v1/metrics")],
  ["metrics", "http://p.monitoring.svc:9090/api/v1/otlp/v1/metrics/", slash],
  // Slashes.
  ["logs", "http://otel-collector.monitoring.svc:4318/v1/logs/", slash],
  ["base", "http://otel-collector.monitoring.svc:4318//", slashes],
  ["logs", "http://loki.monitoring.svc:3100//otlp/v1/logs", slashes],
  // No path, or a base URL, where one in full is meant.
  ["metrics", "https://metrics.example.com", notTheEnd("metrics")],
  ["logs", "https://logs.example.com/", notTheEnd("logs")],
  ["logs", "https://logs.example.com/otlp", notTheEnd("logs")],
  ["metrics", "https://metrics.example.com/v1/metric", notTheEnd("metrics")],
  ["metrics", "https://metrics.example.com/metrics", notTheEnd("metrics")],
  ["logs", "https://logs.example.com/V1/LOGS", notTheEnd("logs")],
  ["logs", "http://loki.monitoring.svc:3100", at("Loki", "logs", "/otlp/v1/logs")],
  ["logs", "http://loki.monitoring.svc:3100/v1/logs", at("Loki", "logs", "/otlp/v1/logs")],
  ["logs", "http://loki.monitoring.svc:3100/api/v1/otlp/v1/logs", at("Loki", "logs", "/otlp/v1/logs")],
  [
    "metrics",
    "http://mimir-gateway.mimir.svc/api/v1/otlp/v1/metrics",
    at("Mimir", "metrics", "/otlp/v1/metrics"),
  ],
  [
    "metrics",
    "http://prometheus-server.monitoring.svc/v1/metrics",
    at("Prometheus", "metrics", "/api/v1/otlp/v1/metrics"),
  ],
  [
    "metrics",
    "http://prometheus-server.monitoring.svc/otlp/v1/metrics",
    at("Prometheus", "metrics", "/api/v1/otlp/v1/metrics"),
  ],
  [
    "metrics",
    "http://victoria-metrics.monitoring.svc:8428/v1/metrics",
    at("VictoriaMetrics", "metrics", "/opentelemetry/v1/metrics"),
  ],
  [
    "logs",
    "http://victoria-logs.logs.svc:9428/opentelemetry/v1/logs",
    at("VictoriaLogs", "logs", "/insert/opentelemetry/v1/logs"),
  ],
  [
    "metrics",
    "http://otel-collector.monitoring.svc:4318/otlp/v1/metrics",
    at("the OpenTelemetry Collector", "metrics", "/v1/metrics"),
  ],
  [
    "metrics",
    "https://ingest.us1.signalfx.com/v1/metrics",
    at("Splunk Observability Cloud", "metrics", "/v2/datapoint/otlp"),
  ],
  [
    "logs",
    "https://otlp-gateway-prod-us-east-0.grafana.net/v1/logs",
    at("Grafana Cloud", "logs", "/otlp/v1/logs"),
  ],
  // Base URLs.
  ["base of metrics", "http://prometheus.monitoring.svc:9090", base("Prometheus", "/api/v1/otlp")],
  ["base of metrics", "http://prometheus.monitoring.svc:9090/api/v1", base("Prometheus", "/api/v1/otlp")],
  ["base of logs", "http://loki-gateway.monitoring.svc", base("Loki", "/otlp")],
  ["base of logs", "http://loki-gateway.monitoring.svc/loki", base("Loki", "/otlp")],
  ["base of metrics", "http://vmsingle.monitoring.svc:8428", base("VictoriaMetrics", "/opentelemetry")],
  ["base", "http://otel-collector.monitoring.svc:4318/otlp", noPath("the OpenTelemetry Collector")],
  ["base", "https://otlp-gateway-prod-us-east-0.grafana.net", base("Grafana Cloud", "/otlp")],
  ["base", "https://abc12345.live.dynatrace.com", base("Dynatrace", "/api/v2/otlp")],
  ["base", "https://api.honeycomb.io/otlp", noPath("Honeycomb")],
  ["base", "http://openobserve.o2.svc:5080", base("OpenObserve", "/api/<organization>")],
  [
    "base",
    "https://gateway.example.com/otlp/v1",
    "ends in /v1, which OTLP adds; write the base URL, without it",
  ],
  ["base", "https://gateway.example.com/metrics", saysNothing],
  ["base", "https://gateway.example.com/tenant-a", saysNothing],
  ["base", "https://gateway.example.com/api/v1/query", saysNothing],
  [
    "base",
    "https://gateway.example.com/otlp/v1/metrics",
    "ends in /v1/metrics, which OTLP adds; write the base URL, without it, or use metricsEndpoint",
  ],
  [
    "base",
    "https://gateway.example.com/v1/logs/",
    "ends in /v1/logs, which OTLP adds; write the base URL, without it, or use logsEndpoint",
  ],
  [
    "base",
    "https://gateway.example.com/v1/traces",
    "ends in /v1/traces, which no signal here uses; write the base URL, without it",
  ],
  // The other signal, and other protocols.
  [
    "metrics",
    "https://gateway.example.com/v1/logs",
    "ends in /v1/logs, where logs go; write the URL for metrics, which ends in /v1/metrics",
  ],
  [
    "logs",
    "https://gateway.example.com/v1/traces",
    "ends in /v1/traces, where traces go; write the URL for logs, which ends in /v1/logs",
  ],
  [
    "base of logs",
    "http://loki.example.com/loki/api/v1/push",
    protocol("/loki/api/v1/push", "Loki's own protocol", "/otlp"),
  ],
  [
    "logs",
    "http://logs.example.com/loki/api/v1/push/",
    protocol("/loki/api/v1/push", "Loki's own protocol", "/otlp/v1/logs"),
  ],
  [
    "base",
    "http://metrics.example.com/api/prom/push",
    protocol("/api/prom/push", "an older protocol of Loki and Cortex", "/otlp"),
  ],
  [
    "metrics",
    "http://prometheus.example.com/api/v1/write",
    protocol("/api/v1/write", "Prometheus remote write", "/otlp/v1/metrics"),
  ],
  [
    "base",
    "https://metrics.example.com/api/v1/push",
    protocol("/api/v1/push", "Prometheus remote write", "/otlp"),
  ],
  [
    "metrics",
    "http://thanos-receive.monitoring.svc:19291/api/v1/receive",
    protocol("/api/v1/receive", "Prometheus remote write", "/otlp/v1/metrics"),
  ],
  // What takes one signal alone, or none.
  ["base", "http://prometheus.monitoring.svc:9090/api/v1/otlp", alone("Prometheus", "metrics", "logs")],
  ["base", "http://loki-gateway.monitoring.svc/otlp", alone("Loki", "logs", "metrics")],
  ["logs", "http://prometheus.monitoring.svc:9090/api/v1/otlp/v1/logs", takesNo("Prometheus", "logs")],
  ["metrics", "http://loki.monitoring.svc:3100/otlp/v1/metrics", takesNo("Loki", "metrics")],
  [
    "base",
    "https://ingest.us1.signalfx.com",
    alone("Splunk Observability Cloud", "metrics", "logs").replace("/v1/metrics", "its path"),
  ],
  [
    "base",
    "http://tempo-distributor.tempo.svc:4318",
    nothing("Tempo, which takes traces alone", "metrics and logs"),
  ],
  [
    "logs",
    "http://jaeger-collector.tracing.svc:4318/v1/logs",
    nothing("Jaeger, which takes traces alone", "logs"),
  ],
  [
    "metrics",
    "http://prometheus-kube-prometheus-alertmanager.monitoring.svc:9093/v1/metrics",
    nothing("Alertmanager, which takes no OTLP", "metrics"),
  ],
  [
    "metrics",
    "http://kube-prometheus-stack-grafana.monitoring.svc/v1/metrics",
    nothing("Grafana, which takes no OTLP", "metrics"),
  ],
];

describe("a URL of OTLP", () => {
  test("is known of many receivers", () => {
    expect(good.length).toBeGreaterThan(50);
    expect(bad.length).toBeGreaterThan(50);
  });

  test.each(good)("%s: %s (%s)", (role, url) => {
    expect(said(role, url)).toBeUndefined();
  });

  test.each(bad)("%s: %s", (role, url, says) => {
    expect(said(role, url)).toBe(says);
  });
});

describe("the URLs of a destination", () => {
  const prometheus = "http://prometheus.monitoring.svc:9090/api/v1/otlp";
  const runtime = "container_runtime: crio";

  test("may be of one receiver for each signal", () => {
    const loki = "http://loki-gateway.monitoring.svc/otlp/v1/logs";
    expect(diagnosticsOf(runtime, `local: {endpoint: "${prometheus}", logsEndpoint: "${loki}"}`)).toEqual([]);
    expect(diagnosticsOf(runtime, `local: {metricsEndpoint: "${prometheus}/v1/metrics"}`)).toEqual([]);
    expect(diagnosticsOf(runtime, `local: {endpoint: "${prometheus}"}`)).toEqual([
      `x.yaml:2:9: local.endpoint: ${alone("Prometheus", "metrics", "logs")}`,
    ]);
  });

  test.each(["local", "remote", "destinations: {a"])("are checked in %s", (section) => {
    const end = section.includes("{") ? "}" : "";
    const beside = section === "remote" ? ", secret: s, scope: s" : "";
    const settings = (lines: string) => [runtime, `${section}: {${lines}${beside}}${end}`];
    const other = "metricsEndpoint: https://a.example.com/ingest";
    const says = diagnosticsOf(...settings(other));
    expect(says).toHaveLength(1);
    expect(says[0]).toContain(`.metricsEndpoint: ${notTheEnd("metrics")}`);
    expect(diagnosticsOf(...settings(`${other}, any_path: true`))).toEqual([]);
    expect(environmentOf(...settings(`${other}, any_path: true`)).destinations).toMatchObject([
      { metricsEndpoint: "https://a.example.com/ingest" },
    ]);
  });

  test("ask for any_path only where it is needed", () => {
    expect(diagnosticsOf(runtime, "local: {endpoint: http://a, any_path: true}")).toEqual([
      "x.yaml:2:29: local.any_path: has no effect, as the URLs are such as are known; remove it",
    ]);
    expect(diagnosticsOf(runtime, "local: {endpoint: http://a, any_path: false}")).toEqual([]);
    // What is wrong with a URL otherwise is told alone.
    expect(diagnosticsOf(runtime, "local: {endpoint: a, any_path: true}")).toHaveLength(1);
  });
});
