import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { LocalFile } from "../../../imports/alloy/local";
import { OtelcolAuthBearer } from "../../../imports/alloy/otelcol.auth";
import { OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolReceiverOtlp } from "../../../imports/alloy/otelcol.receiver";
import { type AuthHandler, type ConnectionRequirement, connectionTo, type Expression } from "../../alloy";
import { type Destination, type Environment, type Signal, signalsOf, signalUrl } from "../../environment";
import { authHandler, clientTls } from "./authentication";
import type { DeliveryArguments } from "./delivery";

/** Makes an exporter of some signals. */
export type MakeExporter = (
  label: string,
  signals: readonly Signal[],
  delivery: DeliveryArguments,
) => OtelcolExporterOtlphttp;

/**
 * Makes exporters that send to a destination. They share what puts credentials on requests.
 *
 * @param name begins the labels of the components that they share
 */
export function exportersTo(scope: Construct, name: string, destination: Destination): MakeExporter {
  const { endpoint, metricsEndpoint, logsEndpoint, headers, compression } = destination;
  const { tls, requirements } = clientTls(scope, name, destination);
  const auth = authHandler(scope, name, destination.auth);
  return (label, signals, delivery) => {
    const [url = ""] = signals.flatMap((signal) => signalUrl(destination, signal) ?? []);
    return new OtelcolExporterOtlphttp(scope, label, {
      metricsEndpoint: signals.includes("metrics") ? metricsEndpoint : undefined,
      logsEndpoint: signals.includes("logs") ? logsEndpoint : undefined,
      client: { endpoint: endpoint ?? baseUrl(url), compression, headers, auth, tls },
      ...delivery,
    }).requires(...requirements, ...connectionsTo(destination, signals));
  };
}

/** The connections that an exporter of some signals opens: to the signals' URLs. */
function connectionsTo(
  destination: Destination,
  signals: readonly Signal[],
): readonly ConnectionRequirement[] {
  const urls = new Set(signals.flatMap((signal) => signalUrl(destination, signal) ?? []));
  return [...urls].flatMap((url) => connectionTo(url) ?? []);
}

/**
 * The base of a signal's own URL. The exporter doesn't start without a base URL, though it sends nothing there
 * while each signal that it gets has a URL of its own.
 */
function baseUrl(signalUrl: string): string {
  return signalUrl.replace(/\/v1\/(metrics|logs)\/?$/, "");
}

/**
 * The first of the ports between stages, and how many there are. None is a port that Linux gives to outgoing connections
 * by default (from 32768 on), that Kubernetes gives to Services (30000 to 32767), or that Cilium gives to its proxies
 * (10000 to 20000), and Debian's `/etc/services` has none of them.
 */
const ports = { first: 23_000, count: 1_000 } as const;

/**
 * A port for each name, by what its hash says: so it stays when others come or go. Where two are for one, the name that
 * is later in the alphabet gets the next that is free.
 *
 * @param namespace of the agent: agents of two namespaces may share the network of a node
 */
export function loopbackPorts(names: readonly string[], namespace: string): ReadonlyMap<string, number> {
  const taken = new Map<number, string>();
  for (const name of [...names].sort()) {
    const hash = createHash("sha256").update(`${namespace}/${name}`).digest();
    let offset = hash.readUInt32BE() % ports.count;
    while (taken.has(offset)) offset = (offset + 1) % ports.count;
    taken.set(offset, name);
  }
  return new Map([...taken].map(([offset, name]) => [name, ports.first + offset]));
}

/** Names have no capitals: no destination's component has this label. */
const label = "STAGES";

/**
 * The way from the first stage of each destination to its second, by name; those that have one stage are not in it.
 *
 * The stages know each other by a token of each start of the agent. Others of the same network can't know it: it is
 * random, and in no file but the kernel's, which has another for each reader.
 */
export function stageLinks(
  scope: Construct,
  { destinations, namespace }: Pick<Environment, "destinations" | "namespace">,
): ReadonlyMap<string, StageLink> {
  const names = destinations.filter(needsSecondStage).map(({ name }) => name);
  if (names.length === 0) return new Map();
  const random = new LocalFile(scope, label, {
    filename: "/proc/sys/kernel/random/uuid",
    // Read once: the next time is in a hundred years.
    detector: "poll",
    pollFrequency: "876000h",
    isSecret: true,
  });
  const auth = new OtelcolAuthBearer(scope, label, { token: random.content }).handler;
  return new Map([...loopbackPorts(names, namespace)].map(([name, port]) => [name, { port, auth }]));
}

/** The link from a destination's first stage to its second, over the agent's own loopback. */
export interface StageLink {
  /** Of the destination's own. */
  readonly port: number;
  /** How the stages authenticate to each other. */
  readonly auth: Expression<AuthHandler>;
}

/** What a {@link SecondStage} takes. */
export interface SecondStageProps {
  /** The destination's, as labels have it. */
  readonly name: string;
  readonly destination: Destination;
  readonly link: StageLink;
}

/**
 * Whether a destination needs a second stage: arguments of its exporter follow what a Secret holds. Alloy makes such an
 * exporter anew when that changes. One that had the queue would lose what is in memory, and can end the agent over a
 * queue on disk (v1.18.1, run).
 */
export function needsSecondStage({ auth, tls }: Destination): boolean {
  if (tls?.ca !== undefined) return true;
  return auth.type === "oauth2" ? auth.tokenUrl === undefined : auth.type !== "none";
}

/** The label of a second stage's exporter. @param name the destination's, as labels have it */
export function sendLabel(name: string): string {
  return `${name}_send`;
}

/**
 * Takes what the first stage has queued, and sends it on with credentials and TLS, once, without a queue: what the
 * destination doesn't take stays with the first stage.
 */
export class SecondStage extends Construct {
  constructor(scope: Construct, id: string, { name, destination, link }: SecondStageProps) {
    super(scope, id);
    const taken = signalsOf(destination);
    const { input } = exportersTo(this, name, destination)(sendLabel(name), taken, {
      sendingQueue: { enabled: false },
      retryOnFailure: { enabled: false },
    });
    new OtelcolReceiverOtlp(this, name, {
      http: {
        endpoint: address(link),
        auth: link.auth,
        // More than any batch has: a larger one would be dropped.
        maxRequestBodySize: "256MiB",
      },
      output: {
        metrics: taken.includes("metrics") ? [input] : undefined,
        logs: taken.includes("logs") ? [input] : undefined,
      },
    }).requires({ kind: "loopbackPort", port: link.port });
  }
}

/** Makes the exporters of a first stage: they send to the second. */
export function exportersToStage(scope: Construct, link: StageLink): MakeExporter {
  return (label, _, delivery) =>
    new OtelcolExporterOtlphttp(scope, label, {
      client: {
        endpoint: `http://${address(link)}`,
        auth: link.auth,
        // The second stage's own, 30 s, is over before.
        timeout: "60s",
        compression: "none",
      },
      ...delivery,
    }).requires({ kind: "connection", to: { type: "loopback", port: link.port } });
}

function address({ port }: StageLink): string {
  return `127.0.0.1:${port}`;
}
