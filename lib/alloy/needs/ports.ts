import type { Requirement } from "../schema/requirement";
import type { BodySyntax } from "../syntax/tree";
import { blockIn, blocksIn, literal } from "./literals";

type Protocol = "TCP" | "UDP";

/** Where a component listens: a block in it, or itself, and the address that it has by itself. */
interface Server {
  /** The names of the blocks around the address; one that isn't there listens nowhere. */
  readonly block: readonly string[];
  readonly protocol: Protocol;
  /** What the attribute `endpoint`, or `listen_address`, is by itself. @default - it has to be said */
  readonly usual?: string;
}

/** Source: the defaults in internal/component/otelcol/receiver of Alloy v1.18.1 (read). */
const otelcolServers: Readonly<Record<string, readonly Server[]>> = {
  "otelcol.receiver.datadog": [{ block: [], protocol: "TCP", usual: "localhost:8126" }],
  "otelcol.receiver.faro": [{ block: [], protocol: "TCP", usual: "localhost:8080" }],
  "otelcol.receiver.influxdb": [{ block: [], protocol: "TCP", usual: "localhost:8086" }],
  "otelcol.receiver.jaeger": [
    { block: ["protocols", "grpc"], protocol: "TCP", usual: "0.0.0.0:14250" },
    { block: ["protocols", "thrift_http"], protocol: "TCP", usual: "0.0.0.0:14268" },
    { block: ["protocols", "thrift_compact"], protocol: "UDP", usual: "0.0.0.0:6831" },
    { block: ["protocols", "thrift_binary"], protocol: "UDP", usual: "0.0.0.0:6832" },
  ],
  "otelcol.receiver.otlp": [
    { block: ["grpc"], protocol: "TCP", usual: "0.0.0.0:4317" },
    { block: ["http"], protocol: "TCP", usual: "0.0.0.0:4318" },
  ],
  "otelcol.receiver.splunkhec": [{ block: [], protocol: "TCP", usual: "localhost:8088" }],
  "otelcol.receiver.syslog": [
    { block: ["tcp"], protocol: "TCP" },
    { block: ["udp"], protocol: "UDP" },
  ],
  "otelcol.receiver.tcplog": [{ block: [], protocol: "TCP" }],
  "otelcol.receiver.zipkin": [{ block: [], protocol: "TCP", usual: "0.0.0.0:9411" }],
};

/** The port of the block `http` where it names none, or a port of chance. Source: internal/component/common/net (read). */
const usualHttpPort = 8080;

/** The components that have a block such as `http`, with `listen_address` and `listen_port`. */
const httpServers: Readonly<Record<string, { readonly block: string; readonly port: number }>> = {
  "faro.receiver": { block: "server", port: 12_347 },
  "loki.source.api": { block: "http", port: usualHttpPort },
  "loki.source.awsfirehose": { block: "http", port: usualHttpPort },
  "loki.source.heroku": { block: "http", port: usualHttpPort },
  "prometheus.receive_http": { block: "http", port: usualHttpPort },
  "pyroscope.receive_http": { block: "http", port: usualHttpPort },
};

/** The ports that a component listens on, as far as they are known before Alloy runs. */
export function portsOf(name: string, body: BodySyntax): readonly Requirement[] {
  const servers = otelcolServers[name];
  if (servers !== undefined) return servers.flatMap((server) => listeningAt(server, body));
  const http = httpServers[name];
  if (http !== undefined) {
    const block = blockIn(body, http.block);
    const port = numberIn(block, "listen_port") ?? http.port;
    return at(String((block && literal(block, "listen_address")) ?? "0.0.0.0"), port, "TCP");
  }
  if (name === "loki.source.gelf") {
    return atAddress(literal(body, "listen_address") ?? "0.0.0.0:12201", "UDP");
  }
  if (name === "loki.source.syslog") {
    return blocksIn(body, "listener").flatMap(({ body: listener }) =>
      atAddress(literal(listener, "address"), literal(listener, "protocol") === "udp" ? "UDP" : "TCP"),
    );
  }
  return [];
}

function numberIn(block: BodySyntax | undefined, name: string): number | undefined {
  const value = block && literal(block, name);
  return value === undefined || value === 0 ? undefined : Number(value);
}

function listeningAt({ block, protocol, usual }: Server, body: BodySyntax): readonly Requirement[] {
  const inner = block.reduce<BodySyntax | undefined>((outer, name) => outer && blockIn(outer, name), body);
  if (inner === undefined) return [];
  return atAddress(literal(inner, "endpoint") ?? literal(inner, "listen_address") ?? usual, protocol);
}

function atAddress(address: unknown, protocol: Protocol): readonly Requirement[] {
  const [, host = "", port] = /^(.*):(\d+)$/.exec(String(address)) ?? [];
  return port === undefined ? [] : at(host, Number(port), protocol);
}

/** On the loopback, only who shares the pod's network reaches it. */
function at(host: string, port: number, protocol: Protocol): readonly Requirement[] {
  return /^(localhost|127\..*|\[::1\])$/.test(host)
    ? [{ kind: "loopbackPort", port }]
    : [{ kind: "port", port, protocol }];
}
