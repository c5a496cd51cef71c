import { type Need, needs, type OwnNeed } from "../../lib/alloy";

/** The names by which bindings import needs. */
export const needNames: readonly string[] = Object.keys(needs)
  .filter((name) => name.endsWith("Need"))
  .sort();

type NamesOf<N> = {
  [name in keyof typeof needs]: (typeof needs)[name] extends N ? name : never;
}[keyof typeof needs];

/** What a component needs whatever stands around it: API rights, storage. */
const own: Readonly<Record<string, readonly NamesOf<OwnNeed>[]>> = {
  "discovery.kubernetes": ["discoveryNeed"],
  "loki.rules.kubernetes": ["prometheusRulesNeed"],
  "loki.source.cloudflare": ["storageNeed"],
  "loki.source.docker": ["storageNeed"],
  "loki.source.file": ["storageNeed"],
  "loki.source.journal": ["storageNeed"],
  "loki.source.kubernetes": ["containerLogsNeed", "storageNeed"],
  "loki.source.kubernetes_events": ["eventsNeed", "storageNeed"],
  "loki.source.podlogs": ["podLogsNeed", "storageNeed"],
  "loki.write": ["walNeed"],
  "mimir.alerts.kubernetes": ["alertmanagerConfigsNeed"],
  "mimir.rules.kubernetes": ["prometheusRulesNeed"],
  "otelcol.processor.k8sattributes": ["podAttributesNeed"],
  "otelcol.processor.resourcedetection": ["detectedNeed"],
  "otelcol.storage.file": ["storageNeed"],
  "prometheus.operator.podmonitors": ["podMonitorsNeed"],
  "prometheus.operator.probes": ["probesNeed"],
  "prometheus.operator.scrapeconfigs": ["scrapeConfigsNeed"],
  "prometheus.operator.servicemonitors": ["serviceMonitorsNeed"],
  "prometheus.remote_write": ["storageNeed"],
  "prometheus.write.queue": ["storageNeed"],
  "remote.kubernetes.configmap": ["configMapNeed"],
  "remote.kubernetes.secret": ["secretNeed"],
};

/** What of the node a component reads. */
const paths: Readonly<Record<string, NamesOf<Need>>> = {
  "discovery.docker": "dockerSocketNeed",
  "local.file_match": "matchedFilesNeed",
  "loki.source.docker": "dockerSocketNeed",
  "loki.source.file": "targetFilesNeed",
  "loki.source.journal": "journalNeed",
  "otelcol.exporter.file": "unknownPathNeed",
  "otelcol.receiver.file_stats": "includedNeed",
  "otelcol.receiver.filelog": "includedNeed",
  "prometheus.exporter.cadvisor": "unknownPathNeed",
  "prometheus.exporter.process": "processesNeed",
  "prometheus.exporter.unix": "nodeFilesNeed",
};

/** What a component connects to, where that is not by the arguments that name servers. */
const connections: Readonly<Record<string, NamesOf<Need>>> = {
  "otelcol.auth.oauth2": "clientNeed",
  "otelcol.processor.resourcedetection": "detectorsNeed",
  "prometheus.operator.podmonitors": "monitoredNeed",
  "prometheus.operator.servicemonitors": "monitoredNeed",
  "prometheus.scrape": "scrapedNeed",
  "pyroscope.scrape": "scrapedNeed",
};

/** The components that connect to nothing but the Kubernetes API, unless an argument names a server. */
const unconnected = [
  /^(http|labelstore|livedebugging|logging|tracing)$/,
  /^(discovery\.(kubernetes|process|relabel)|local\..*|remote\.kubernetes\..*)$/,
  /^loki\.(echo|enrich|process|relabel|secretfilter|source\.(api|awsfirehose|file|gelf|heroku|journal|kubernetes|kubernetes_events|podlogs|syslog))$/,
  /^otelcol\.(auth\.(basic|bearer|headers)|connector\..*|processor\..*|storage\..*|exporter\.(debug|file|loki|prometheus))$/,
  /^otelcol\.receiver\.(datadog|faro|file_stats|filelog|fluentforward|influxdb|jaeger|loki|otlp|prometheus|splunkhec|syslog|tcplog|zipkin)$/,
  /^prometheus\.(echo|enrich|receive_http|relabel|exporter\.(cadvisor|process|self|static|unix))$/,
  /^pyroscope\.(enrich|receive_http|relabel)$|^(beyla\.ebpf|faro\.receiver|pyroscope\.(ebpf|java))$/,
];

/** Those of them whose arguments that look like those of clients are none, or name where they listen. */
const serverless = /^(http$|local\.|discovery\.|otelcol\.receiver\.|loki\.source\.(syslog|gelf))/;

/** Where a component listens. */
const ports: Readonly<Record<string, NamesOf<OwnNeed>>> = {
  "faro.receiver": "faroServerNeed",
  "loki.source.api": "httpPortNeed",
  "loki.source.awsfirehose": "httpPortNeed",
  "loki.source.gelf": "gelfPortNeed",
  "loki.source.heroku": "httpPortNeed",
  "loki.source.syslog": "syslogListenersNeed",
  "otelcol.receiver.datadog": "datadogPortNeed",
  "otelcol.receiver.faro": "faroPortNeed",
  "otelcol.receiver.influxdb": "influxdbPortNeed",
  "otelcol.receiver.jaeger": "jaegerPortsNeed",
  "otelcol.receiver.otlp": "otlpPortsNeed",
  "otelcol.receiver.splunkhec": "splunkHecPortNeed",
  "otelcol.receiver.syslog": "syslogPortsNeed",
  "otelcol.receiver.tcplog": "tcplogPortNeed",
  "otelcol.receiver.zipkin": "zipkinPortNeed",
  "prometheus.receive_http": "httpPortNeed",
  "pyroscope.receive_http": "httpPortNeed",
};

/** The components that are named here, each of which an upgrade may rename. */
export const namedComponents: readonly string[] = [own, paths, connections, ports].flatMap(Object.keys);

/** The needs of a component, as its definition has them. */
export function needsOf(name: string): readonly string[] {
  return own[name] ?? [];
}

/** What a component needs of what is around it; undefined for a client, which needs no more than what is usual. */
export function surroundingsOf(name: string): readonly string[] | undefined {
  const client = connections[name] ?? connectionOf(name);
  const all = [paths[name], client, ports[name]].filter((one) => one !== undefined);
  return all.length === 1 && all[0] === "clientNeed" ? undefined : all;
}

function connectionOf(name: string): NamesOf<Need> | undefined {
  if (!unconnected.some((names) => names.test(name))) return "clientNeed";
  return serverless.test(name) ? undefined : "optionalClientNeed";
}
