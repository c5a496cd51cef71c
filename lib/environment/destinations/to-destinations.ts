import type { AddressedDestination } from "../delivery/to-delivery";
import type { Settings } from "../settings";
import { isInside } from "./inside";
import { defaultKeys } from "./key-settings";
import { signalsOf } from "./signal-url";
import { oauth2Auth, toAuth } from "./to-auth";

type Named = Settings["destinations"][string];

/** Settings of destinations, by their sections. */
type DestinationSettings = Pick<Settings, "local" | "remote" | "destinations">;

/**
 * What the settings of destinations mean. `local` and `remote` are among them if they have a URL.
 *
 * @param remoteNamespaces those whose logs go to the remote
 */
export function toDestinations(
  { local, remote, destinations }: DestinationSettings,
  remoteNamespaces: readonly string[],
): readonly AddressedDestination[] {
  return [
    ...(signalsOf(local).length > 0
      ? [{ destination: toDestination("local", local), settings: local, outside: false }]
      : []),
    ...(signalsOf(remote).length > 0
      ? [{ destination: remoteDestination(remote, remoteNamespaces), settings: remote, outside: true }]
      : []),
    ...Object.entries(destinations).map(([name, settings]) => ({
      destination: toDestination(name, settings),
      settings,
      outside: !isInside(settings),
    })),
  ];
}

function remoteDestination(
  settings: Settings["remote"],
  logNamespaces: readonly string[],
): AddressedDestination["destination"] {
  // A remote needs a secret, and OAuth2 a scope: checkTogether sees to it.
  const { secret = "", auth_type, scope = "", token_url, keys } = settings;
  const auth =
    auth_type === "mtls"
      ? toAuth({ type: "mtls", secret, keys: defaultKeys.mtls })
      : oauth2Auth({ secret, scope, token_url, keys });
  return { ...toDestination("remote", settings), auth, logNamespaces };
}

function toDestination(
  name: string,
  settings: Omit<Named, "auth"> & Pick<Partial<Named>, "auth">,
): AddressedDestination["destination"] {
  const { endpoint, metricsEndpoint, logsEndpoint, auth, tls, headers, compression } = settings;
  const { log_namespaces: logNamespaces } = settings;
  return {
    name,
    ...(endpoint !== undefined && { endpoint }),
    ...(metricsEndpoint !== undefined && { metricsEndpoint }),
    ...(logsEndpoint !== undefined && { logsEndpoint }),
    auth: auth === undefined ? { type: "none" } : toAuth(auth),
    ...tlsSettings(tls),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(compression !== undefined && { compression }),
    ...(logNamespaces !== undefined && { logNamespaces }),
  };
}

function tlsSettings({ ca_secret, ca_key, server_name }: Named["tls"]) {
  if (ca_secret === undefined && server_name === undefined) {
    return {};
  }
  return {
    tls: {
      ...(ca_secret !== undefined && { ca: { secret: ca_secret, key: ca_key } }),
      ...(server_name !== undefined && { serverName: server_name }),
    },
  };
}
