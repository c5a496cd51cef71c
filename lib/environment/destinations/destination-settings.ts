import * as z from "zod/mini";
import { defaulted, optional, section, worded } from "../setting";
import { objectName, oneOf, text } from "../setting-types";
import { auth, tokenUrl } from "./auth-settings";
import { keySettings } from "./key-settings";
import { logNamespaces, transportSettings } from "./transport-settings";
import { urlSettings } from "./url-settings";

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
          example: "http://prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp",
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

/** Alloy labels its components by them, and takes the three words for values. */
const destinationName = /^(?!(local|remote|true|false|null)$)[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Destinations of any number, by name. */
export const destinations = defaulted(
  worded(
    z.record(
      z.string().check(
        z.regex(destinationName, {
          error: ({ input }) =>
            input === "local" || input === "remote"
              ? "stands at the top level of the file; write it there, or another name here"
              : 'is no name of a destination; write lower-case letters, digits and "-", a letter first',
        }),
      ),
      named,
    ),
    "map by name",
  ),
  {},
  { description: "More destinations, by name: each inside the cluster or elsewhere." },
);
