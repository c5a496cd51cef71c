import { Construct } from "constructs";
import { OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch, OtelcolProcessorFilter } from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, type ExtensionHandler, ottl } from "../../alloy";
import { type Destination, type Signal, signalsOf } from "../../environment";
import { authHandler } from "./auth-handler";
import { clientTls } from "./client-tls";
import { connectionsTo } from "./connections";
import { deliveryArguments } from "./delivery";

/** What takes each signal; absent for one that is not sent. */
interface Inputs {
  readonly metrics?: Expression<Consumer<"metrics">>;
  readonly logs?: Expression<Consumer<"logs">>;
}

/** Sends signals over OTLP/HTTP, each through an exporter of its own: a full queue of logs may do what one of metrics may not. */
export class OtlpDestination extends Construct {
  /** Takes metrics; absent if the destination has no URL for them. */
  readonly metrics: Expression<Consumer<"metrics">> | undefined;
  /** Takes logs; absent if the destination has no URL for them. */
  readonly logs: Expression<Consumer<"logs">> | undefined;

  /** @param disk where queues on disk are; needed by a destination that has its queues there */
  constructor(
    scope: Construct,
    id: string,
    destination: Destination,
    disk: Expression<ExtensionHandler> | undefined,
  ) {
    super(scope, id);
    const { endpoint, metricsEndpoint, logsEndpoint, logNamespaces, headers, compression } = destination;
    const name = destination.name.replaceAll("-", "_");
    const { tls, requirements } = clientTls(destination);
    const auth = authHandler(this, name, destination.auth);
    const exporter = (signal: Signal, url: string | undefined) =>
      new OtelcolExporterOtlphttp(this, `${name}_${signal}`, {
        ...(signal === "metrics" ? { metricsEndpoint: url } : { logsEndpoint: url }),
        client: { endpoint: endpoint ?? baseUrl(url ?? ""), compression, headers, auth, tls },
        ...deliveryArguments(destination, signal, disk),
      }).requires(...requirements, ...connectionsTo(destination, signal)).input;
    const taken = signalsOf(destination);
    const exporters = {
      ...(taken.includes("metrics") && { metrics: exporter("metrics", metricsEndpoint) }),
      ...(taken.includes("logs") && { logs: exporter("logs", logsEndpoint) }),
    };
    const { metrics, logs } =
      destination.queue.storage === "none" ? this.batched(name, exporters) : exporters;
    this.metrics = metrics;
    this.logs =
      logs === undefined || logNamespaces === undefined ? logs : this.filtered(name, logNamespaces, logs);
  }

  /** Without a queue nothing makes batches but a processor before the exporters. */
  private batched(name: string, { metrics, logs }: Inputs): Inputs {
    const { input } = new OtelcolProcessorBatch(this, name, {
      output: { ...(metrics && { metrics: [metrics] }), ...(logs && { logs: [logs] }) },
    });
    return { ...(metrics && { metrics: input }), ...(logs && { logs: input }) };
  }

  private filtered(name: string, namespaces: readonly string[], forwardTo: Expression<Consumer<"logs">>) {
    const others = namespaces.map(
      (namespace) => ottl`resource.attributes["k8s.namespace.name"] != ${namespace}`,
    );
    return new OtelcolProcessorFilter(this, `${name}_namespaces`, {
      logs: { logRecord: [others.join(" and ")] },
      output: { logs: [forwardTo] },
    }).input;
  }
}

/**
 * The base of a signal's own URL. The exporter doesn't start without a base URL, though it sends nothing there
 * while each signal that it gets has a URL of its own.
 */
function baseUrl(signalUrl: string): string {
  return signalUrl.replace(/\/v1\/(metrics|logs)\/?$/, "");
}
