import { type Signal, signals } from "./destination";

/** A receiver of OTLP over HTTP, or one that is often mistaken for it. */
interface Receiver {
  /** As its own documentation calls it. */
  readonly name: string;
  /** Its Services and machines, by the first part of their names, such as `loki-gateway` of `loki-gateway.logs.svc`. */
  readonly named?: RegExp;
  /** The hosts of vendors that offer it. */
  readonly hosted?: RegExp;
  /** The ports that it alone has by default. */
  readonly ports?: readonly string[];
  /** What the path of its base URL ends in; empty for none. @default - it has no base URL */
  readonly base?: string;
  /** What it takes. */
  readonly takes: readonly Signal[];
  /** The ends of paths of its own, beside those that OTLP makes of the base. */
  readonly others?: Readonly<Partial<Record<Signal, string>>>;
}

const both = signals;

/**
 * The receivers whose paths are known; the first that fits a URL counts.
 *
 * Sources: the documentation of each. Of OTLP's own paths and port: its specification, "OTLP/HTTP Request".
 */
const receivers: readonly Receiver[] = [
  // They are in the same charts, and their names hold those of others.
  { name: "Alertmanager", named: /(^|-)alertmanager(-|$)/, ports: ["9093"], takes: [] },
  { name: "the Pushgateway", named: /(^|-)pushgateway(-|$)/, takes: [] },
  { name: "Grafana", named: /(^|-)grafana$/, takes: [] },
  { name: "kube-state-metrics", named: /(^|-)kube-state-metrics(-|$)/, takes: [] },
  { name: "node_exporter", named: /(^|-)node-exporter(-|$)/, ports: ["9100"], takes: [] },
  { name: "Tempo, which takes traces alone", named: /(^|-)tempo(-|$)/, ports: ["3200"], takes: [] },
  { name: "Jaeger, which takes traces alone", named: /(^|-)jaeger(-|$)/, ports: ["16686"], takes: [] },
  { name: "Zipkin, which takes traces alone", named: /(^|-)zipkin(-|$)/, ports: ["9411"], takes: [] },
  { name: "the OpenTelemetry Collector", ports: ["4318"], base: "", takes: both },
  {
    name: "VictoriaLogs",
    named: /(^|-)(victoria-?logs|vlogs|vlsingle|vlinsert|vlagent)(-|$)/,
    ports: ["9428", "9481"],
    base: "/insert/opentelemetry",
    takes: ["logs"],
  },
  {
    name: "VictoriaMetrics",
    named: /(^|-)(victoria-?metrics|vmsingle|vminsert|vmagent)(-|$)/,
    ports: ["8428", "8429", "8480"],
    base: "/opentelemetry",
    takes: ["metrics"],
    others: { metrics: "/opentelemetry/api/v1/push" },
  },
  { name: "Loki", named: /(^|-)loki(-|$)/, ports: ["3100"], base: "/otlp", takes: ["logs"] },
  { name: "Mimir", named: /(^|-)mimir(-|$)/, base: "/otlp", takes: ["metrics"] },
  { name: "Cortex", named: /(^|-)cortex(-|$)/, base: "/api/v1/otlp", takes: ["metrics"] },
  {
    name: "Prometheus",
    named: /(^|-)prometheus(-|$)/,
    ports: ["9090"],
    base: "/api/v1/otlp",
    takes: ["metrics"],
  },
  { name: "GreptimeDB", named: /(^|-)greptime(db)?(-|$)/, base: "/v1/otlp", takes: both },
  {
    name: "OpenObserve",
    named: /(^|-)(openobserve|o2)(-|$)/,
    hosted: /(^|\.)openobserve\.ai$/,
    ports: ["5080"],
    base: "/api/<organization>",
    takes: both,
  },
  { name: "Seq", named: /(^|-)seq(-|$)/, ports: ["5341"], base: "/ingest/otlp", takes: both },
  {
    name: "Data Prepper",
    named: /(^|-)data-prepper(-|$)/,
    takes: both,
    others: {
      metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
      logs: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
    },
  },
  {
    name: "Splunk Observability Cloud",
    hosted: /^ingest\.[a-z\d]+\.(signalfx|observability\.splunkcloud)\.com$/,
    takes: ["metrics"],
    others: { metrics: "/v2/datapoint/otlp" },
  },
  { name: "Grafana Cloud", hosted: /^otlp-gateway-[^.]+\.grafana\.net$/, base: "/otlp", takes: both },
  { name: "Dynatrace", hosted: /\.live\.dynatrace\.com$/, base: "/api/v2/otlp", takes: both },
  { name: "Observe", hosted: /\.collect\.observeinc\.com$/, base: "/v2/otel", takes: both },
  { name: "Honeycomb", hosted: /^api(\.eu1)?\.honeycomb\.io$/, base: "", takes: both },
  { name: "New Relic", hosted: /(^|\.)nr-data\.net$/, base: "", takes: both },
  {
    name: "Datadog",
    hosted: /^otlp\.([a-z\d]+\.)?(datadoghq\.(com|eu)|ddog-gov\.com)$/,
    base: "",
    takes: both,
  },
  {
    name: "Google Cloud",
    hosted: /^telemetry(\.[a-z\d-]+\.rep)?\.googleapis\.com$/,
    base: "",
    takes: ["metrics", "logs"],
  },
];

/** A collector may be named after what it sends to. */
const collector = /(^|-)(otel|otlp|opentelemetry|otelcol|collector|alloy|agent)(-|$)/;

/** The hosts of vendors: their machines may have any name. */
const foreign = /\.(grafana\.net|amazonaws\.com|azure\.com|googleapis\.com)$/;

/** What takes another protocol, by the end of its path. Sources: the HTTP APIs of Loki, Prometheus and Mimir. */
const otherProtocols: readonly (readonly [end: string, protocol: string])[] = [
  ["/loki/api/v1/push", "Loki's own protocol"],
  ["/api/prom/push", "an older protocol of Loki and Cortex"],
  ["/api/v1/write", "Prometheus remote write"],
  ["/api/v1/push", "Prometheus remote write"],
  ["/api/v1/receive", "Prometheus remote write"],
  ["/api/v1/import/prometheus", "Prometheus' text"],
];

const paths = { metrics: "/v1/metrics", logs: "/v1/logs", traces: "/v1/traces" } as const;

const unless = "or any_path: true if it takes OTLP there";

/**
 * Why nothing takes OTLP at a URL, as far as it is known, and what to write.
 *
 * @param url one without another mistake
 * @param signals what is sent there by it
 */
export function receiverMistake(
  url: string,
  role: Signal | "base",
  sent: readonly Signal[],
): string | undefined {
  const { hostname, port, pathname } = new URL(url);
  const path = pathname === "/" ? "" : pathname;
  const receiver = receiverOf(hostname.toLowerCase(), port);
  return receiver === undefined
    ? (pathMistake(path, role) ?? unknownPath(path, role))
    : (signalMistake(receiver, role, sent) ?? pathMistake(path, role) ?? knownPath(receiver, path, role));
}

function receiverOf(hostname: string, port: string): Receiver | undefined {
  const [first = ""] = /^[\d.]+$|^\[/.test(hostname) ? [] : hostname.split(".");
  const byName = receivers.find(
    ({ named, base }) =>
      named?.test(first) && !foreign.test(hostname) && !(base !== undefined && collector.test(first)),
  );
  return (
    receivers.find(({ hosted }) => hosted?.test(hostname)) ??
    byName ??
    receivers.find(({ ports }) => ports?.includes(port))
  );
}

/** The mistake where a receiver doesn't take a signal. */
function signalMistake({ name, takes, base }: Receiver, role: Signal | "base", sent: readonly Signal[]) {
  const lost = sent.filter((signal) => !takes.includes(signal));
  if (lost.length === 0) return undefined;
  const [taken] = takes;
  if (taken === undefined) {
    const what = name.includes("takes traces") ? name : `${name}, which takes no OTLP`;
    return `is that of ${what}; write the URL of what takes ${lost.join(" and ")}, ${unless}`;
  }
  const other = lost[0] === "logs" ? "logsEndpoint" : "metricsEndpoint";
  const instead =
    role === "base"
      ? `write it as ${taken}Endpoint, with ${base === undefined ? "its path" : paths[taken]} behind it, or write ${other} too`
      : `write the URL of what takes ${lost[0]}`;
  return `is that of ${name}, which takes no ${lost[0]}; ${instead}, ${unless}`;
}

/** What is wrong with a path wherever it is. */
function pathMistake(path: string, role: Signal | "base"): string | undefined {
  if (path.includes("//")) return "has two slashes in its path, between which there is nothing; write one";
  const bare = path.replace(/\/$/, "");
  const ownPath = receivers.some(({ others }) =>
    Object.values(others ?? {}).some((end) => bare.endsWith(end)),
  );
  const protocol = ownPath ? undefined : otherProtocols.find(([end]) => bare.endsWith(end));
  if (protocol) {
    const end = role === "base" ? "/otlp" : `/otlp${paths[role]}`;
    return `ends in ${protocol[0]}, which takes ${protocol[1]}; write the URL for OTLP, such as one that ends in ${end}`;
  }
  const signal = (["metrics", "logs", "traces"] as const).find((name) => bare.endsWith(paths[name]));
  if (role === "base") {
    if (signal === "traces") {
      return "ends in /v1/traces, which no signal here uses; write the base URL, without it";
    }
    if (signal !== undefined) {
      return `ends in ${paths[signal]}, which OTLP adds; write the base URL, without it, or use ${signal}Endpoint`;
    }
    return undefined;
  }
  if (signal !== undefined && signal !== role) {
    return `ends in ${paths[signal]}, where ${signal} go; write the URL for ${role}, which ends in ${paths[role]}`;
  }
  return signal === role && path.endsWith("/")
    ? "ends in a slash, with which it is another path; write the URL without it"
    : undefined;
}

/** Where a known receiver takes OTLP is known. A proxy before it may add to the path, at its beginning. */
function knownPath(
  { name, base, others }: Receiver,
  path: string,
  role: Signal | "base",
): string | undefined {
  if (role === "base") {
    const bare = path.replace(/\/$/, "");
    if (base !== undefined && isBase(bare, base)) return undefined;
    if (base === "") return `is that of ${name}, whose base URL has no path; remove it, ${unless}`;
    return base === undefined
      ? `is that of ${name}, which has no base URL; write metricsEndpoint and logsEndpoint, ${unless}`
      : `is that of ${name}, whose base URL ends in ${base}; write it so, ${unless}`;
  }
  const own = others?.[role];
  if (own !== undefined && path.endsWith(own)) return undefined;
  const before = path.endsWith(paths[role]) ? path.slice(0, -paths[role].length) : undefined;
  if (base !== undefined && before !== undefined && isBase(before, base)) return undefined;
  const end = base === undefined ? own : `${base}${paths[role]}`;
  return `is that of ${name}, which takes ${role} at ${end}; write a URL that ends in it, ${unless}`;
}

/** Whether a path ends in a base, and not in one of which that is the end. */
function isBase(path: string, base: string): boolean {
  if (base === "") return path === "";
  if (base.endsWith("/<organization>")) return /(^|\/)api\/[^/]+$/.test(path);
  const isOther = receivers.some(
    ({ base: other = "" }) => other.length > base.length && other.endsWith(base) && path.endsWith(other),
  );
  return path.endsWith(base) && !isOther;
}

/** A receiver that isn't known takes OTLP at its own paths, or at those of a receiver that is. */
function unknownPath(path: string, role: Signal | "base"): string | undefined {
  if (role !== "base") {
    const ends = [paths[role], ...receivers.flatMap(({ others }) => others?.[role] ?? [])];
    return ends.some((end) => path.endsWith(end))
      ? undefined
      : `doesn't end in ${paths[role]}, as URLs for ${role} do; write it in full, ${unless}`;
  }
  if (/\/v1\/?$/.test(path)) return "ends in /v1, which OTLP adds; write the base URL, without it";
  return path === "" || /otlp|otel|opentelemetry/i.test(path)
    ? undefined
    : `has a path that says nothing of OTLP; write the base URL, to which /v1/metrics and /v1/logs are added, ${unless}`;
}
