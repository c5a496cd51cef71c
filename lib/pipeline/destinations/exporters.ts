import type { Construct } from "constructs";
import { OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { type Destination, type Signal, signalUrl } from "../../environment";
import { authHandler } from "./auth-handler";
import { clientTls } from "./client-tls";
import { connectionsTo } from "./connections";
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
      ...(signals.includes("metrics") && { metricsEndpoint }),
      ...(signals.includes("logs") && { logsEndpoint }),
      client: { endpoint: endpoint ?? baseUrl(url), compression, headers, auth, tls },
      ...delivery,
    }).requires(...requirements, ...connectionsTo(destination, signals));
  };
}

/**
 * The base of a signal's own URL. The exporter doesn't start without a base URL, though it sends nothing there
 * while each signal that it gets has a URL of its own.
 */
function baseUrl(signalUrl: string): string {
  return signalUrl.replace(/\/v1\/(metrics|logs)\/?$/, "");
}
