import type { ComponentSchema, ExportSchema } from "../generate-alloy/schema";

/** Where components send to, in examples: the reference to it, and its block. */
export const destinations = {
  "loki.LogsReceiver": {
    reference: "loki.write.default.receiver",
    block: `loki.write "default" { endpoint { url = "http://loki.example.com/loki/api/v1/push" } }`,
  },
  "prometheus.MetricsReceiver": {
    reference: "prometheus.remote_write.default.receiver",
    block: `prometheus.remote_write "default" { endpoint { url = "http://mimir.example.com/api/v1/push" } }`,
  },
  "pyroscope.ProfilesReceiver": {
    reference: "pyroscope.write.default.receiver",
    block: `pyroscope.write "default" { endpoint { url = "http://pyroscope.example.com" } }`,
  },
  "otelcol.Consumer": {
    reference: "otelcol.exporter.otlphttp.default.input",
    block: `otelcol.exporter.otlphttp "default" { client { endpoint = "http://otlp.example.com" } }`,
  },
} as const;

/** What uses a component in its example, for one that nothing uses does nothing. */
export function userOf({ name, exports, accepts = [], emits = [] }: ComponentSchema): readonly string[] {
  const of = (export_: string) => `${name}.example.${export_}`;
  // What passes data on is sent all that it takes; for what ends the way, one signal shows it.
  const signals = emits.length > 0 ? accepts : accepts.slice(-1);
  for (const { name: export_, type } of exports) {
    // One component has an input that nothing can send to.
    if (export_ === "input" && signals.length === 0) continue;
    const user =
      usersByName[export_]?.(of(export_)) ?? users[formatOf({ name: export_, type })]?.(of(export_), signals);
    if (user !== undefined) return user;
  }
  return [];
}

function formatOf({ type }: ExportSchema): string {
  if (type.k === "capsule") return type.name;
  return type.k === "list" && type.of.k === "target" ? "targets" : type.k;
}

const scrape = (targets: string, more = ""): readonly string[] => [
  `prometheus.scrape "default" { targets = ${targets}\nforward_to = [prometheus.remote_write.default.receiver] }`,
  more === "" ? destinations["prometheus.MetricsReceiver"].block : more,
];

const usersByName: Readonly<Record<string, (of: string) => readonly string[]>> = {
  // An object of Kubernetes, or a secret of Vault.
  data: (of) =>
    scrape(
      `[{ "__address__" = "localhost:9090" }]`,
      `prometheus.remote_write "default" { endpoint { url = "http://mimir.example.com/api/v1/push"\nbearer_token = ${of}["token"] } }`,
    ),
};

const users: Readonly<Record<string, (of: string, signals: readonly string[]) => readonly string[]>> = {
  targets: (of) => scrape(of),
  // The content of a file.
  optional_secret: (of) => scrape(`encoding.from_json(${of})`),
  string: (of) => scrape(`encoding.from_json(${of})`),
  "loki.LogsReceiver": (of) => [
    `loki.source.file "default" { targets = [{ "__path__" = "/var/log/syslog" }]\nforward_to = [${of}] }`,
  ],
  "prometheus.MetricsReceiver": (of) => [
    `prometheus.scrape "default" { targets = [{ "__address__" = "localhost:9090" }]\nforward_to = [${of}] }`,
  ],
  "pyroscope.ProfilesReceiver": (of) => [
    `pyroscope.scrape "default" { targets = [{ "__address__" = "localhost:6060" }]\nforward_to = [${of}] }`,
  ],
  "otelcol.Consumer": (of, signals) => [
    `otelcol.receiver.otlp "default" { grpc { }\noutput { ${signals.map((one) => `${one} = [${of}]`).join("\n")} } }`,
  ],
  "otelcol.auth.Handler": (of) => [
    `otelcol.exporter.otlphttp "default" { client { endpoint = "http://otlp.example.com"\nauth = ${of} } }`,
    `otelcol.receiver.otlp "default" { grpc { }\noutput { traces = [otelcol.exporter.otlphttp.default.input] } }`,
  ],
  "otelcol.extension.Handler": (of) => [
    `otelcol.exporter.otlphttp "default" { client { endpoint = "http://otlp.example.com" }\nsending_queue { storage = ${of} } }`,
    `otelcol.receiver.otlp "default" { grpc { }\noutput { traces = [otelcol.exporter.otlphttp.default.input] } }`,
  ],
};
