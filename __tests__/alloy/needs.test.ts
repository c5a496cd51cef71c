import { definitions } from "../../imports/alloy/definitions";
import type { Requirement } from "../../lib/alloy";
import { parse } from "../../lib/alloy";
import { surroundingsOf } from "../../lib/alloy/needs";
import { openDefinition } from "../../lib/alloy/schema/modules";

/** What the last component of a text needs besides API rights, in words. */
function needsIn(text: string): readonly string[] {
  const { body, mistakes } = parse(text, { file: "x.alloy" });
  expect(mistakes).toEqual([]);
  const blocks = new Map(body.blocks.map((block) => [`${block.name}.${block.label}`, block]));
  const last = body.blocks.at(-1);
  if (last === undefined) throw new Error("no component");
  const definition = definitions.get(last.name) ?? openDefinition(last.name);
  return surroundingsOf(definition, last, (address) => blocks.get(address)).map(words);
}

function words(needed: Requirement): string {
  switch (needed.kind) {
    case "connection": {
      const { to } = needed;
      if (to.type === "host") return `to ${to.host}:${to.port}`;
      if (to.type !== "pods") return to.type;
      const labels = Object.entries(to.labels).map(([name, values]) => ` ${name}=${values.join("|")}`);
      return `to pods of ${to.namespace ?? "all"}${labels.join("")}`;
    }
    case "hostPath":
      return `${needed.hostPath} at ${needed.mountPath} as ${needed.name}`;
    case "port":
      return `listens on ${needed.protocol} ${needed.port}`;
    case "loopbackPort":
      return `listens on 127.0.0.1:${needed.port}`;
    case "unknown":
      return `unknown ${needed.of} ${needed.argument ?? "anywhere"}${needed.at === undefined ? "" : ` at ${needed.at}`}`;
    default:
      return needed.kind;
  }
}

const pods = (content: string) => `discovery.kubernetes "a" {\n${content}\n}\n`;
const relabelled = (rule: string) => `discovery.relabel "b" {
  targets = discovery.kubernetes.a.targets
  rule {\n${rule}\n}\n}\n`;
const scrape = (targets: string, more = "") =>
  `prometheus.scrape "x" {\n targets = ${targets}\n forward_to = []\n${more}}`;

describe("a component connects", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "to a URL",
      `loki.write "x" { endpoint { url = "https://loki.example.com/push" } }`,
      ["to loki.example.com:443"],
    ],
    [
      "to a host and its port",
      `otelcol.exporter.otlp "x" { client { endpoint = "tempo.tracing.svc:4317" } }`,
      ["to tempo.tracing.svc:4317"],
    ],
    [
      "to all URLs, tokens' too",
      `prometheus.remote_write "x" {
        endpoint {
          url = "http://a.example.com:9009/push"
          oauth2 { token_url = "https://login.example.com/token" }
        }
        endpoint { url = "https://[fd00::1]/push" }
      }`,
      ["to a.example.com:9009", "to login.example.com:443", "to [fd00::1]:443"],
    ],
    [
      "to a URL that Alloy alone knows",
      `loki.write "x" {\n  endpoint {\n    url = sys.env("LOKI")\n  }\n}`,
      ["unknown connection endpoint.url at x.alloy:3:11"],
    ],
    [
      "to what an exporter measures",
      `prometheus.exporter.redis "x" { redis_addr = "redis.cache.svc:6379" }`,
      ["to redis.cache.svc:6379"],
    ],
    [
      "to where nobody says",
      `prometheus.exporter.github "x" { organizations = ["a"] }`,
      ["unknown connection anywhere"],
    ],
    ["to nothing, as a processor", `loki.process "x" { forward_to = [] }`, []],
    [
      "to brokers",
      `otelcol.receiver.kafka "x" { brokers = ["a:9092", "b:9093"] }`,
      ["to a:9092", "to b:9093"],
    ],
    [
      "to a cloud's metadata, as a detector",
      `otelcol.processor.resourcedetection "x" { detectors = ["env", "ec2"] }`,
      ["to 169.254.169.254:80"],
    ],
  ])("%s", (_, text, expected) => {
    expect(needsIn(text)).toEqual(expected);
  });
});

describe("a scrape connects", () => {
  test.each<[string, string, readonly string[]]>([
    ["to a literal address", scrape(`[{ __address__ = "gpu.gpu.svc:9400" }]`), ["to gpu.gpu.svc:9400"]],
    [
      "to the port of its scheme",
      scrape(`[{ __address__ = "a.example.com" }]`, `scheme = "https"\n`),
      ["to a.example.com:443"],
    ],
    [
      "to an address that Alloy alone knows",
      scrape(`[{ __address__ = sys.env("A") }]`),
      ["unknown connection targets at x.alloy:2:13"],
    ],
    [
      "to nothing, for an exporter of the same process",
      `prometheus.exporter.unix "a" { }\n${scrape("prometheus.exporter.unix.a.targets")}`,
      [],
    ],
    [
      "to the pods that are discovered",
      pods(`role = "pod"\nnamespaces { names = ["a", "b"] }`) + scrape("discovery.kubernetes.a.targets"),
      ["to pods of a", "to pods of b"],
    ],
    [
      "to those of a selector alone",
      pods(`role = "pod"\nselectors {\nrole = "pod"\nlabel = "app=x,tier in (a, b),!c"\n}`) +
        scrape("discovery.kubernetes.a.targets"),
      ["to pods of all app=x tier=a|b"],
    ],
    [
      "to pods behind Services",
      pods(`role = "endpoints"`) + scrape("discovery.kubernetes.a.targets"),
      ["to pods of all"],
    ],
    [
      "to a port of pods that a rule names",
      pods(`role = "pod"`) +
        relabelled(`target_label = "__address__"\nreplacement = "$1:9400"`) +
        scrape("discovery.relabel.b.output"),
      ["to pods of all"],
    ],
    [
      "to where a rule sends all scrapes",
      pods(`role = "pod"`) +
        relabelled(`target_label = "__address__"\nreplacement = "blackbox.probes.svc:9115"`) +
        scrape("array.concat(discovery.relabel.b.output)"),
      ["to pods of all", "to blackbox.probes.svc:9115"],
    ],
    [
      "to nodes, whose addresses Alloy alone knows",
      pods(`role = "node"`) + scrape("discovery.kubernetes.a.targets"),
      ["unknown connection targets at x.alloy:5:12"],
    ],
  ])("%s", (_, text, expected) => {
    expect(needsIn(text)).toEqual(expected);
  });
});

describe("a component listens", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "on the ports of the protocols that it has",
      `otelcol.receiver.otlp "x" {\n grpc { }\n http { endpoint = "0.0.0.0:14318" }\n output { }\n}`,
      ["listens on TCP 4317", "listens on TCP 14318"],
    ],
    ["on none without a protocol", `otelcol.receiver.otlp "x" { output { } }`, []],
    [
      "on UDP",
      `loki.source.syslog "x" {\n forward_to = []\n listener {\n address = "0.0.0.0:5514"\n protocol = "udp"\n }\n}`,
      ["listens on UDP 5514"],
    ],
    [
      "on the loopback by itself",
      `otelcol.receiver.influxdb "x" { output { } }`,
      ["listens on 127.0.0.1:8086"],
    ],
    [
      "for HTTP",
      `loki.source.api "x" {\n forward_to = []\n http { listen_port = 3100 }\n}`,
      ["listens on TCP 3100"],
    ],
    ["for HTTP by itself", `prometheus.receive_http "x" { forward_to = [] }`, ["listens on TCP 8080"]],
  ])("%s", (_, text, expected) => {
    expect(needsIn(text)).toEqual(expected);
  });
});

describe("a component reads of the node", () => {
  const journal = (content: string) => `loki.source.journal "x" {\n forward_to = []\n${content}\n}`;
  const matched = (targets: string) => `local.file_match "x" {\n path_targets = ${targets}\n}`;

  test.each<[string, string, readonly string[]]>([
    [
      "the journal of this machine",
      journal(""),
      [
        "/var/log/journal at /var/log/journal as path-var-log-journal",
        "/run/log/journal at /run/log/journal as path-run-log-journal",
        "/etc/machine-id at /etc/machine-id as path-etc-machine-id-93973670",
      ],
    ],
    [
      "a journal",
      journal(`path = "/data/journal/"`),
      ["/data/journal at /data/journal as path-data-journal"],
    ],
    [
      "the folder of files",
      matched(`[{ __path__ = "/var/log/app/*.log" }, { __path__ = "/srv/a.log" }]`),
      ["/var/log/app at /var/log/app as path-var-log-app", "/srv at /srv as path-srv"],
    ],
    [
      "the folder that a rule leads to",
      pods(`role = "pod"`) +
        relabelled(`target_label = "__path__"\nreplacement = "/var/log/pods/*$1/*.log"`) +
        matched("discovery.relabel.b.output"),
      ["/var/log/pods at /var/log/pods as path-var-log-pods"],
    ],
    [
      "files that Alloy alone knows",
      matched(`[{ __path__ = sys.env("LOGS") }]`),
      ["unknown hostPath path_targets at x.alloy:2:18"],
    ],
    [
      "nothing more than what is matched already",
      `${matched(`[{ __path__ = "/var/log/a" }]`)}\nloki.source.file "y" {\n targets = local.file_match.x.targets\n forward_to = []\n}`,
      [],
    ],
    [
      "its files where the exporter looks for them",
      `prometheus.exporter.unix "x" {\n rootfs_path = "/host/root"\n sysfs_path = "/host/sys"\n}`,
      ["/proc at /proc as path-proc", "/sys at /host/sys as path-sys", "/ at /host/root as path-root"],
    ],
    [
      "included files",
      `otelcol.receiver.filelog "x" {\n include = ["/var/log/*.log", "relative.log"]\n output { }\n}`,
      ["/var/log at /var/log as path-var-log", "unknown hostPath include at x.alloy:2:31"],
    ],
  ])("%s", (_, text, expected) => {
    expect(needsIn(text)).toEqual(expected);
  });
});
