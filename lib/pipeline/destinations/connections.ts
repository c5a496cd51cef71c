import type { ConnectionRequirement } from "../../alloy";
import { type Destination, type Signal, signalUrl } from "../../environment";

/** HTTPS, where tokens come from. */
const httpsPort = 443;

/** The connections that an exporter of some signals opens: to the signals' URLs, and to where its tokens come from. */
export function connectionsTo(
  destination: Destination,
  signals: readonly Signal[],
): readonly ConnectionRequirement[] {
  const { auth } = destination;
  const urls = new Set(signals.flatMap((signal) => signalUrl(destination, signal) ?? []));
  if (auth.type !== "oauth2") return [...urls].map(connectionTo);
  const token: ConnectionRequirement =
    auth.tokenUrl === undefined
      ? { kind: "connection", to: { type: "host", port: httpsPort } }
      : connectionTo(auth.tokenUrl);
  return [...[...urls].map(connectionTo), token];
}

function connectionTo(url: string): ConnectionRequirement {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === "https:" ? httpsPort : 80;
  return {
    kind: "connection",
    to: { type: "host", host: hostname, port: port === "" ? usual : Number(port) },
  };
}
