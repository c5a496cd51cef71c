import type { OwnNeed, Requirement } from "../schema/requirement";
import { type BodySyntax, blocksIn } from "../syntax/tree";
import { bodyIn, literal } from "./literals";

type Protocol = "TCP" | "UDP";

/** Where a component listens: a block in it, or itself, and the address that it has by itself. */
interface Server {
  /** The names of the blocks around the address; one that isn't there listens nowhere. */
  readonly block: readonly string[];
  readonly protocol: Protocol;
  /** What the attribute `endpoint`, or `listen_address`, is by itself. @default - it has to be said */
  readonly usual?: string;
}

// Source: the defaults in internal/component/otelcol/receiver of Alloy v1.18.1 (read).

export const datadogPortNeed: OwnNeed = (body) =>
  listeningAt(body, [{ block: [], protocol: "TCP", usual: "localhost:8126" }]);

export const faroPortNeed: OwnNeed = (body) =>
  listeningAt(body, [{ block: [], protocol: "TCP", usual: "localhost:8080" }]);

export const influxdbPortNeed: OwnNeed = (body) =>
  listeningAt(body, [{ block: [], protocol: "TCP", usual: "localhost:8086" }]);

export const jaegerPortsNeed: OwnNeed = (body) =>
  listeningAt(body, [
    { block: ["protocols", "grpc"], protocol: "TCP", usual: "0.0.0.0:14250" },
    { block: ["protocols", "thrift_http"], protocol: "TCP", usual: "0.0.0.0:14268" },
    { block: ["protocols", "thrift_compact"], protocol: "UDP", usual: "0.0.0.0:6831" },
    { block: ["protocols", "thrift_binary"], protocol: "UDP", usual: "0.0.0.0:6832" },
  ]);

export const otlpPortsNeed: OwnNeed = (body) =>
  listeningAt(body, [
    { block: ["grpc"], protocol: "TCP", usual: "0.0.0.0:4317" },
    { block: ["http"], protocol: "TCP", usual: "0.0.0.0:4318" },
  ]);

export const splunkHecPortNeed: OwnNeed = (body) =>
  listeningAt(body, [{ block: [], protocol: "TCP", usual: "localhost:8088" }]);

export const syslogPortsNeed: OwnNeed = (body) =>
  listeningAt(body, [
    { block: ["tcp"], protocol: "TCP" },
    { block: ["udp"], protocol: "UDP" },
  ]);

export const tcplogPortNeed: OwnNeed = (body) => listeningAt(body, [{ block: [], protocol: "TCP" }]);

export const zipkinPortNeed: OwnNeed = (body) =>
  listeningAt(body, [{ block: [], protocol: "TCP", usual: "0.0.0.0:9411" }]);

/** The port of a block `http` where it names none, or a port of chance. Source: internal/component/common/net (read). */
export const httpPortNeed: OwnNeed = (body) => httpPort(body, "http", 8080);

export const faroServerNeed: OwnNeed = (body) => httpPort(body, "server", 12_347);

export const gelfPortNeed: OwnNeed = (body) =>
  atAddress(literal(body, "listen_address") ?? "0.0.0.0:12201", "UDP");

export const syslogListenersNeed: OwnNeed = (body) =>
  blocksIn(body, "listener").flatMap(({ body: listener }) =>
    atAddress(literal(listener, "address"), literal(listener, "protocol") === "udp" ? "UDP" : "TCP"),
  );

/** The port of a block that has `listen_address` and `listen_port`, whether it is there or not. */
function httpPort(body: BodySyntax, name: string, usual: number): readonly Requirement[] {
  const block = bodyIn(body, name);
  const port = numberIn(block, "listen_port") ?? usual;
  return at(String((block && literal(block, "listen_address")) ?? "0.0.0.0"), port, "TCP");
}

function numberIn(block: BodySyntax | undefined, name: string): number | undefined {
  const value = block && literal(block, name);
  return value === undefined || value === 0 ? undefined : Number(value);
}

function listeningAt(body: BodySyntax, servers: readonly Server[]): readonly Requirement[] {
  return servers.flatMap(({ block, protocol, usual }) => {
    const inner = block.reduce<BodySyntax | undefined>((outer, name) => outer && bodyIn(outer, name), body);
    if (inner === undefined) return [];
    return atAddress(literal(inner, "endpoint") ?? literal(inner, "listen_address") ?? usual, protocol);
  });
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
