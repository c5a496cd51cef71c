import { Construct } from "constructs";
import { OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch, OtelcolProcessorFilter } from "../../../imports/alloy/otelcol.processor";
import { type Consumer, type Expression, ottl } from "../../alloy";
import type { Destination } from "../../environment";
import { authHandler } from "./auth-handler";
import { clientTls } from "./client-tls";
import { connectionsTo } from "./connections";

/** Sends signals over OTLP/HTTP, in batches. */
export class OtlpDestination extends Construct {
  /** Takes metrics; absent if the destination has no URL for them. */
  readonly metrics: Expression<Consumer<"metrics">> | undefined;
  /** Takes logs; absent if the destination has no URL for them. */
  readonly logs: Expression<Consumer<"logs">> | undefined;

  constructor(scope: Construct, id: string, destination: Destination) {
    super(scope, id);
    const { endpoint, metricsEndpoint, logsEndpoint, logNamespaces, headers, compression } = destination;
    const name = destination.name.replaceAll("-", "_");
    const { tls, requirements } = clientTls(destination);
    const auth = authHandler(this, name, destination.auth);
    const exporter = new OtelcolExporterOtlphttp(this, name, {
      metricsEndpoint,
      logsEndpoint,
      client: {
        endpoint: endpoint ?? baseUrl(metricsEndpoint ?? logsEndpoint ?? ""),
        compression,
        headers,
        auth,
        tls,
      },
    }).requires(...requirements, ...connectionsTo(destination));

    const takesMetrics = (endpoint ?? metricsEndpoint) !== undefined;
    const takesLogs = (endpoint ?? logsEndpoint) !== undefined;
    const batch = new OtelcolProcessorBatch(this, name, {
      output: {
        ...(takesMetrics && { metrics: [exporter.input] }),
        ...(takesLogs && { logs: [exporter.input] }),
      },
    });
    this.metrics = takesMetrics ? batch.input : undefined;
    if (takesLogs)
      this.logs = logNamespaces === undefined ? batch.input : this.filtered(name, logNamespaces, batch.input);
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
