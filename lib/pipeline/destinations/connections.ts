import type { ConnectionRequirement } from "../../alloy";
import type { Destination } from "../../environment";

/** HTTPS, where tokens come from. */
const httpsPort = 443;

/** The connections that an exporter opens: to the URL of each signal, and to where its tokens come from. */
export function connectionsTo(
  destination: Destination,
  signals: readonly ("metrics" | "logs")[] = ["metrics", "logs"],
): readonly ConnectionRequirement[] {
  const { endpoint, metricsEndpoint, logsEndpoint, auth } = destination;
  const own = { metrics: metricsEndpoint, logs: logsEndpoint };
  const urls = signals.flatMap((signal) => own[signal] ?? endpoint ?? []);
  if (auth.type !== "oauth2") return urls.map(connectionTo);
  const token: ConnectionRequirement =
    auth.tokenUrl === undefined
      ? { kind: "connection", to: { type: "host", port: httpsPort } }
      : connectionTo(auth.tokenUrl);
  return [...urls.map(connectionTo), token];
}

function connectionTo(url: string): ConnectionRequirement {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === "https:" ? httpsPort : 80;
  return {
    kind: "connection",
    to: { type: "host", host: hostname, port: port === "" ? usual : Number(port) },
  };
}
