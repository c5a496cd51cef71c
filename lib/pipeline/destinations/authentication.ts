import type { Construct } from "constructs";
import type { OtelcolTLSClientArguments } from "../../../imports/alloy/blocks";
import { OtelcolAuthBearer, OtelcolAuthOauth2 } from "../../../imports/alloy/otelcol.auth";
import {
  type AuthHandler,
  all,
  type ConnectionRequirement,
  choose,
  coalesce,
  concatStrings,
  differ,
  type Expression,
  encoding,
  type Requirement,
} from "../../alloy";
import type { Destination, DestinationAuth } from "../../environment";
import { secretContent, secretFile, secretFiles, trustedCas } from "../surroundings/secrets";

/**
 * What puts credentials on an exporter's requests, if it isn't its certificate. As long as a part of them is missing, no
 * request leaves.
 *
 * @param label of the component
 */
export function authHandler(
  scope: Construct,
  label: string,
  auth: DestinationAuth,
): Expression<AuthHandler> | undefined {
  switch (auth.type) {
    case "none":
    case "mtls":
      return undefined;
    case "oauth2":
      return oauth2(scope, label, auth);
    case "bearer":
      return bearer(scope, label, auth);
    case "basic":
      return basic(scope, label, auth);
  }
}

/** Stands for a token URL that is not there: nothing answers, and an empty one is none. */
const missingTokenUrl = "http://127.0.0.1:1/token-url-is-missing";

/** Stands for a token that is not there. No header may hold a control character: requests fail before they are sent. */
const missingToken = "token-is-missing\u007f";

type Auth<T extends DestinationAuth["type"]> = Extract<DestinationAuth, { type: T }>;

/** Where tokens come from is in a Secret. */
const toSomeHost: ConnectionRequirement = { kind: "connection", to: { type: "host", port: 443 } };

/** The client's id and secret are read for each token, and an empty file is an error. */
function oauth2(scope: Construct, label: string, { secret, keys, scope: asked, tokenUrl }: Auth<"oauth2">) {
  const url = () =>
    coalesce(secretContent(scope, `${label}_url`, { secret, key: keys.tokenUrl }), missingTokenUrl);
  return new OtelcolAuthOauth2(scope, label, {
    clientIdFile: secretFile({ secret, key: keys.clientId }),
    clientSecretFile: secretFile({ secret, key: keys.clientSecret }),
    tokenUrl: tokenUrl ?? url(),
    scopes: [asked],
  }).requires(
    secretFiles(secret, keys.clientId, keys.clientSecret),
    ...(tokenUrl === undefined ? [toSomeHost] : []),
  ).handler;
}

function bearer(scope: Construct, label: string, { secret, keys, header, scheme }: Auth<"bearer">) {
  const token = secretContent(scope, `${label}_token`, { secret, key: keys.token });
  return new OtelcolAuthBearer(scope, label, {
    header,
    scheme,
    token: coalesce(token, missingToken),
  }).handler;
}

/** Name and password as HTTP has them (RFC 7617): `otelcol.auth.basic` would send an empty one. */
function basic(scope: Construct, label: string, { secret, keys }: Auth<"basic">) {
  const username = secretContent(scope, `${label}_username`, { secret, key: keys.username });
  const password = secretContent(scope, `${label}_password`, { secret, key: keys.password });
  return new OtelcolAuthBearer(scope, label, {
    scheme: "Basic",
    token: choose(
      all(differ(username, ""), differ(password, "")),
      encoding.toBase64(concatStrings(username, ":", password)),
      missingToken,
    ),
  }).handler;
}

/** How an exporter verifies its server, and its own client certificate. */
export interface ClientTls {
  /** Absent: as Alloy does by itself. */
  readonly tls?: OtelcolTLSClientArguments | undefined;
  readonly requirements: readonly Requirement[];
}

/**
 * How an exporter verifies its server, and its own client certificate. As long as a part of it is missing,
 * no server is trusted, so that no request leaves.
 *
 * @param label begins those of the components that it takes
 */
export function clientTls(scope: Construct, label: string, { auth, tls }: Destination): ClientTls {
  const mtls = auth.type === "mtls" ? auth : undefined;
  const caKey = tls?.ca ?? (mtls && { secret: mtls.secret, key: mtls.keys.ca });
  const serverName = tls?.serverName;
  if (caKey === undefined) {
    return { ...(serverName !== undefined && { tls: { serverName } }), requirements: [] };
  }

  const ca = secretContent(scope, `${label}_ca`, caKey);
  if (mtls === undefined) return { tls: { caPem: trustedCas(ca), serverName }, requirements: [] };
  const { secret, keys } = mtls;
  const [certificate, key] = [
    { secret, key: keys.certificate },
    { secret, key: keys.key },
  ];
  const isComplete = all(
    differ(secretContent(scope, `${label}_certificate`, certificate), ""),
    differ(secretContent(scope, `${label}_key`, key), ""),
  );
  return {
    tls: {
      caPem: trustedCas(choose(isComplete, ca, "")),
      // A changed pair is read at the next handshake. By its content the exporter would be made anew in between.
      certFile: choose(isComplete, secretFile(certificate), ""),
      keyFile: choose(isComplete, secretFile(key), ""),
      reloadInterval: "10s",
      serverName,
    },
    requirements: [secretFiles(secret, keys.certificate, keys.key)],
  };
}
