import * as z from "zod/mini";
import { hostName, type UrlUse, url } from "../schema/addresses";
import {
  type About,
  defaulted,
  labelName,
  objectName,
  oneOf,
  optional,
  secretKey,
  section,
  text,
  worded,
  yesOrNo,
} from "../schema/setting-types";
import { auth, defaultKeys, headers, keySettings, oauth2Auth, toAuth, tokenUrl } from "./auth";
import { type AddressedDestination, deliverySettings } from "./delivery";
import { compressions, type DestinationTls, type DestinationUrls, signalsOf } from "./destination";
import type { Settings } from "./settings";

/** The URLs of a destination: the settings of which each has at least one. */
export const urlNames = ["endpoint", "metricsEndpoint", "logsEndpoint"] as const;

/** The descriptions of the URLs, by setting. */
type Abouts = Readonly<Record<(typeof urlNames)[number], About>>;

/** The settings for a destination's URLs, with the words of each kind of destination. */
export function urlSettings(use: Omit<UrlUse, "role">, abouts: Abouts) {
  const setting = (name: keyof Abouts, role: UrlUse["role"]) => optional(url({ role, ...use }), abouts[name]);
  return {
    endpoint: setting("endpoint", "base"),
    metricsEndpoint: setting("metricsEndpoint", "metrics"),
    logsEndpoint: setting("logsEndpoint", "logs"),
    any_path: defaulted(yesOrNo(), false, {
      description:
        "true: the receiver takes OTLP at these URLs, though their paths are others than those that are known of it.",
    }),
  };
}

/** The host of a Service of the cluster, such as `loki.monitoring.svc` or `loki.monitoring.svc.cluster.local`. */
const service = /^https?:\/\/[^/:]+\.svc(\.cluster\.local)?\.?([:/?]|$)/i;

/** Whether all URLs of a destination lead to Services of the cluster. */
function isInside(urls: DestinationUrls): boolean {
  return urlNames.every((name) => urls[name] === undefined || service.test(urls[name]));
}

const tls = section(
  {
    ca_secret: optional(objectName(), {
      description:
        "The Secret with the CA that signed the destination's certificate, in the agent's namespace.",
      unset: "the system's CAs",
      example: "otlp-ca",
    }),
    ca_key: defaulted(secretKey(), "ca.crt", { description: "The CA's key in that Secret." }),
    server_name: optional(hostName(), {
      description: "The name in the destination's certificate.",
      unset: "that in the URL",
      example: "otlp.example.com",
    }),
  },
  "How the destination's certificate is verified.",
);

/**
 * How requests reach a destination, whichever it is.
 *
 * @param credentials what to write in place of a header with credentials
 */
function transportSettings(credentials: (header: string) => string) {
  return {
    tls,
    headers: defaulted(
      worded(headers(credentials), "texts by name"),
      {},
      {
        description: "Headers of each request, by name. Everyone who reads the ConfigMap reads them.",
      },
    ),
    compression: optional(oneOf(compressions), {
      description: "How requests are compressed, or none.",
      unset: "gzip",
    }),
    ...deliverySettings,
  };
}

/** The namespaces whose logs a destination gets. */
export const logNamespaces = optional(
  z
    .array(labelName())
    .check(z.minLength(1, { error: "names no namespace; leave it out for all logs, or name one" })),
  { description: "The namespaces whose logs are sent there.", unset: "all", example: "ais" },
);

const localUse =
  "inside the Kubernetes cluster, without authentication and, unless it says https, without TLS";

/** The destination inside the cluster. */
export const local = section(
  {
    ...urlSettings(
      { credentials: false },
      {
        endpoint: {
          description: `Base URL of OTLP over HTTP ${localUse}: /v1/metrics and /v1/logs are added to it.`,
          example: "http://otel-collector.observability.svc.cluster.local:4318",
        },
        metricsEndpoint: {
          description: `Full URL for metrics ${localUse}. It wins over endpoint.`,
          example: "http://prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp/v1/metrics",
        },
        logsEndpoint: {
          description: `Full URL for logs ${localUse}. It wins over endpoint.`,
          example: "http://loki-gateway.monitoring.svc.cluster.local/otlp/v1/logs",
        },
      },
    ),
    ...transportSettings(() => "write a destination with auth below destinations"),
    log_namespaces: logNamespaces,
  },
  "The destination inside the Kubernetes cluster.",
);

/** The attribute `cluster` of an environment that names none. */
export const defaultLabel = "local";

/** The destination elsewhere. */
export const remote = section(
  {
    ...urlSettings(
      { credentials: true, secret: "remote.secret" },
      {
        endpoint: {
          description: "Base URL of the remote OTLP over HTTP: /v1/metrics and /v1/logs are added to it.",
          example: "https://otlp.example.com",
        },
        metricsEndpoint: {
          description: "Full URL of the remote for metrics. It wins over endpoint.",
          example: "https://metrics.example.com/otlp/v1/metrics",
        },
        logsEndpoint: {
          description: "Full URL of the remote for logs. It wins over endpoint.",
          example: "https://logs.example.com/otlp/v1/logs",
        },
      },
    ),
    label: defaulted(text(), defaultLabel, {
      description:
        "The attribute `cluster` of everything that is sent, to the local destination too. Environments with a remote, or with a destination that asks for credentials, each need their own.",
      example: "default-cluster",
    }),
    secret: optional(objectName(), {
      description:
        "The Secret with the credentials, in the agent's namespace. Needed as soon as a remote URL is set.",
      example: "alloy-remote",
    }),
    auth_type: defaulted(oneOf(["oauth", "mtls"]), "oauth", {
      description: "oauth: OAuth2 client credentials. mtls: a client certificate.",
    }),
    scope: optional(text(), {
      description: "The OAuth2 scope to ask for. Needed for OAuth2.",
      example: "api://otlp.example.com/.default",
    }),
    token_url: tokenUrl,
    keys: keySettings.oauth2,
    ...transportSettings(() => "use remote.secret, or a destination with auth below destinations"),
  },
  "The destination elsewhere, over HTTPS and authenticated.",
);

const named = z.strictObject({
  ...urlSettings(
    { credentials: false, secret: "auth.secret" },
    {
      endpoint: {
        description:
          "Base URL of the destination's OTLP over HTTP: /v1/metrics and /v1/logs are added to it. With auth it is https.",
        example: "https://otlp.example.com",
      },
      metricsEndpoint: {
        description: "Full URL of the destination for metrics. It wins over endpoint.",
        example: "https://metrics.example.com/otlp/v1/metrics",
      },
      logsEndpoint: {
        description: "Full URL of the destination for logs. It wins over endpoint.",
        example: "https://logs.example.com/otlp/v1/logs",
      },
    },
  ),
  auth,
  ...transportSettings(bearerInstead),
  log_namespaces: logNamespaces,
});

function bearerInstead(header: string): string {
  const type = /^authorization$/i.test(header) ? "bearer or basic" : `bearer and header: ${header}`;
  return `write auth with type: ${type}`;
}

/** Alloy labels its components by them, and takes the three words for values; constructs can't have the fourth. */
const destinationName = /^(?!(local|remote|true|false|null|constructor)$)[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Destinations of any number, by name. */
export const destinations = defaulted(
  worded(
    z.record(
      z.string().check(
        z.regex(destinationName, {
          error: ({ input }) =>
            input === "local" || input === "remote"
              ? "stands at the top level of the file; write it there, or another name here"
              : input === "constructor"
                ? "is a word of JavaScript, by which nothing can be named here; write another"
                : 'is no name of a destination; write at most 63 lower-case letters, digits and "-", a letter first',
        }),
      ),
      named,
    ),
    "map by name",
  ),
  {},
  { description: "More destinations, by name: each inside the cluster or elsewhere." },
);

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
  // A remote needs a secret, and OAuth2 a scope: checkRemote has reported what is missing.
  const { secret = "", auth_type, scope = "" } = settings;
  const auth =
    auth_type === "mtls"
      ? toAuth({ type: "mtls", secret, keys: defaultKeys.mtls })
      : oauth2Auth({ ...settings, secret, scope });
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
    endpoint,
    metricsEndpoint,
    logsEndpoint,
    auth: auth === undefined ? { type: "none" } : toAuth(auth),
    tls: destinationTls(tls),
    headers: Object.keys(headers).length > 0 ? headers : undefined,
    compression,
    logNamespaces,
  };
}

function destinationTls({ ca_secret, ca_key, server_name }: Named["tls"]): DestinationTls | undefined {
  if (ca_secret === undefined && server_name === undefined) return undefined;
  return {
    ca: ca_secret === undefined ? undefined : { secret: ca_secret, key: ca_key },
    serverName: server_name,
  };
}
