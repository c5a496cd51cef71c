import type { Construct } from "constructs";
import { OtelcolAuthOauth2 } from "../../../imports/alloy/otelcol.auth";
import { type AuthHandler, coalesce, type Expression, type Requirement, sys } from "../../alloy";
import type { Destination } from "../../environment";

/** Where the keys of a Secret are as files. */
const secretsPath = "/var/run/secrets/alloy";

/**
 * Stands for a token URL that is not there: an empty one would keep the whole agent from starting, this one only
 * the destination from sending. `.invalid` resolves nowhere (RFC 2606).
 */
const missingTokenUrl = "https://token-url-is-missing.invalid";

/** The arguments of an exporter's client by which it shows who it is. */
export interface ClientCredentials {
  readonly auth?: Expression<AuthHandler>;
  readonly tls?: {
    readonly caFile: string;
    readonly certFile: string;
    readonly keyFile: string;
    readonly reloadInterval: "10m";
  };
}

/**
 * What an exporter shows of itself. Credentials are read from files of an optional volume: while the Secret is
 * missing only its destination is down, and the agent needs no right to read Secrets.
 */
export function credentials(
  scope: Construct,
  { name, auth }: Destination,
): { readonly client: ClientCredentials; readonly requirements: readonly Requirement[] } {
  if (auth.type === "none") return { client: {}, requirements: [] };
  const mountPath = `${secretsPath}/${auth.secret}`;
  const files: Requirement = { kind: "secretFiles", secret: auth.secret, mountPath };
  if (auth.type === "mtls") {
    const tls = {
      caFile: `${mountPath}/ca.crt`,
      certFile: `${mountPath}/tls.crt`,
      keyFile: `${mountPath}/tls.key`,
      reloadInterval: "10m" as const,
    };
    return { client: { tls }, requirements: [files] };
  }
  const variable = `${name.toUpperCase()}_TOKEN_URL`;
  const handler = new OtelcolAuthOauth2(scope, name, {
    clientIdFile: `${mountPath}/azure_app_client_id`,
    clientSecretFile: `${mountPath}/azure_app_client_secret`,
    tokenUrl: auth.tokenUrl ?? coalesce(sys.env(variable), missingTokenUrl),
    scopes: [auth.scope],
  }).requires(files);
  if (auth.tokenUrl === undefined) {
    handler.requires({ kind: "secretVariable", variable, secret: auth.secret, key: "azure_token_url" });
  }
  return { client: { auth: handler.handler }, requirements: [] };
}
