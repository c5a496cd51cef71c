import type { ComponentDefinition } from "../schema/definition";
import { experimentalFunctions } from "../schema/functions";
import type { Requirement, StabilityRequirement } from "../schema/requirement";
import { type BlockSyntax, type BodySyntax, nameOf, walkBody } from "../syntax/tree";
import { clientOf, detectors, monitored, optionalClientOf, scraped } from "./connections";
import {
  api,
  detected,
  discovery,
  events,
  monitors,
  objectOf,
  operatorObjects,
  podAttributes,
  podLogs,
  serviceMonitorRole,
} from "./kubernetes";
import { argument, blockIn, isTrue } from "./literals";
import { filesOf, included, journal, nodeFiles, processes, socketIn, unknownPath } from "./paths";
import { portsOf } from "./ports";
import type { FindBlock } from "./targets";

const storage: Requirement = { kind: "storage" };

/** What a component's arguments tell of what it needs beyond connections and ports. */
const needs: Readonly<Record<string, (body: BodySyntax) => readonly Requirement[]>> = {
  "discovery.kubernetes": discovery,
  "loki.rules.kubernetes": () => operatorObjects("prometheusrules"),
  "loki.source.kubernetes": () => [api("", "pods", ["get"]), api("", "pods/log", ["get"]), storage],
  "loki.source.cloudflare": () => [storage],
  "loki.source.docker": () => [storage],
  "loki.source.file": () => [storage],
  "loki.source.journal": () => [storage],
  "loki.source.kubernetes_events": (body) => [...events(body), storage],
  "loki.source.podlogs": () => [...podLogs(), storage],
  "loki.write": (body) => (isTrue(blockIn(body, "wal"), "enabled") ? [storage] : []),
  "mimir.alerts.kubernetes": () => operatorObjects("alertmanagerconfigs"),
  "mimir.rules.kubernetes": () => operatorObjects("prometheusrules"),
  "otelcol.processor.k8sattributes": podAttributes,
  "otelcol.processor.resourcedetection": detected,
  "otelcol.storage.file": () => [storage],
  "prometheus.operator.podmonitors": monitors("podmonitors", () => "pod"),
  "prometheus.operator.probes": monitors("probes", () => "ingress"),
  "prometheus.operator.scrapeconfigs": monitors("scrapeconfigs", () => ""),
  "prometheus.operator.servicemonitors": monitors("servicemonitors", serviceMonitorRole),
  "prometheus.remote_write": () => [storage],
  "prometheus.write.queue": () => [storage],
  "remote.kubernetes.configmap": (body) => [objectOf("configmaps", body)],
  "remote.kubernetes.secret": (body) => [objectOf("secrets", body)],
};

/** What of the node a component reads. */
const paths: Readonly<Record<string, (body: BodySyntax, find: FindBlock) => readonly Requirement[]>> = {
  "discovery.docker": (body) => socketIn(argument(body, "host")),
  "local.file_match": filesOf("path_targets"),
  "loki.source.docker": (body) => socketIn(argument(body, "host")),
  "loki.source.file": filesOf("targets"),
  "loki.source.journal": journal,
  "otelcol.exporter.file": unknownPath,
  "otelcol.receiver.file_stats": included,
  "otelcol.receiver.filelog": included,
  "prometheus.exporter.cadvisor": unknownPath,
  "prometheus.exporter.process": processes,
  "prometheus.exporter.unix": nodeFiles,
};

type Connections = (name: string, body: BodySyntax, find: FindBlock) => readonly Requirement[];

/** What a component connects to, where that is not by the arguments that name servers. */
const connections: Readonly<Record<string, Connections>> = {
  "otelcol.auth.oauth2": clientOf,
  "otelcol.processor.resourcedetection": detectors,
  "prometheus.operator.podmonitors": monitored,
  "prometheus.operator.servicemonitors": monitored,
  "prometheus.scrape": scraped,
  "pyroscope.scrape": scraped,
};

/** The components that connect to nothing but the Kubernetes API, unless an argument names a server. */
const unconnected = [
  /^(argument|declare|export|foreach|http|labelstore|livedebugging|logging|tracing)$/,
  /^(discovery\.(kubernetes|process|relabel)|local\..*|remote\.kubernetes\..*)$/,
  /^loki\.(echo|enrich|process|relabel|secretfilter|source\.(api|awsfirehose|file|gelf|heroku|journal|kubernetes|kubernetes_events|podlogs|syslog))$/,
  /^otelcol\.(auth\.(basic|bearer|headers)|connector\..*|processor\..*|storage\..*|exporter\.(debug|file|loki|prometheus))$/,
  /^otelcol\.receiver\.(datadog|faro|file_stats|filelog|fluentforward|influxdb|jaeger|loki|otlp|prometheus|splunkhec|syslog|tcplog|zipkin)$/,
  /^prometheus\.(echo|enrich|receive_http|relabel|exporter\.(cadvisor|process|self|static|unix))$/,
  /^pyroscope\.(enrich|receive_http|relabel)$|^(beyla\.ebpf|faro\.receiver|pyroscope\.(ebpf|java))$/,
];

/** The components whose arguments that look like those of clients name where they listen. */
const listening = /^(otelcol\.receiver\.(?!kafka|nginx|vcenter|solace)|loki\.source\.(syslog|gelf))/;

/** What a component needs of its surroundings, as its name and its arguments alone tell. */
export function requirementsOf(definition: ComponentDefinition, block: BlockSyntax): readonly Requirement[] {
  return [...stability(definition, block), ...(needs[block.name]?.(block.body) ?? [])];
}

/** A component that calls an experimental function is itself experimental. */
function stability(definition: ComponentDefinition, block: BlockSyntax): readonly StabilityRequirement[] {
  let callsExperimental = false;
  walkBody(block.body, (value) => {
    callsExperimental ||= value.kind === "call" && experimentalFunctions.has(nameOf(value.function) ?? "");
  });
  if (callsExperimental) return [{ kind: "stability", level: "experimental" }];
  return definition.stability === "community" ? [] : [{ kind: "stability", level: definition.stability }];
}

/**
 * What a component connects to, listens on and reads of the node, as far as it can be known before Alloy runs.
 *
 * @param find the components that it may have its targets of
 */
export function surroundingsOf({ name, body }: BlockSyntax, find: FindBlock): readonly Requirement[] {
  return [...(paths[name]?.(body, find) ?? []), ...connectionsOf(name, body, find), ...portsOf(name, body)];
}

function connectionsOf(name: string, body: BodySyntax, find: FindBlock): readonly Requirement[] {
  const own = connections[name];
  if (own !== undefined) return own(name, body, find);
  if (unconnected.some((names) => names.test(name))) {
    return listening.test(name) || /^(http|local\.|discovery\.)/.test(name)
      ? []
      : optionalClientOf(name, body);
  }
  return clientOf(name, body);
}

/** What of it takes the place of what arguments tell where a program says it by `requires`. */
const groups: Readonly<Partial<Record<Requirement["kind"], string>>> = {
  connection: "connection",
  hostPath: "hostPath",
  loopbackPort: "port",
  port: "port",
};

/** What arguments tell, but for what a program says itself. */
export function unsaid(told: readonly Requirement[], said: readonly Requirement[]): readonly Requirement[] {
  const groupOf = (needed: Requirement) => (needed.kind === "unknown" ? needed.of : groups[needed.kind]);
  const known = new Set(said.flatMap((needed) => groups[needed.kind] ?? []));
  return told.filter((needed) => !known.has(groupOf(needed) ?? ""));
}
