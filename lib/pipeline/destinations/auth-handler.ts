import type { Construct } from "constructs";
import { OtelcolAuthBasic, OtelcolAuthBearer, OtelcolAuthOauth2 } from "../../../imports/alloy/otelcol.auth";
import { type AuthHandler, coalesce, type Expression, string, sys } from "../../alloy";
import type { DestinationAuth } from "../../environment";
import { secretFile, secretFiles } from "../secret-files";

/**
 * Stands for a token URL that is not there: an empty one would keep the whole agent from starting, this one only
 * the destination from sending. `.invalid` resolves nowhere (RFC 2606).
 */
const missingTokenUrl = "https://token-url-is-missing.invalid";

/**
 * Stands for a token that is not there: an empty one would end the agent at its first request. No header may hold a
 * control character, so that requests fail before they are sent, and are tried again.
 */
const missingToken = "token-is-missing\u007f";

/**
 * Stands for a user's name as long as its file is missing. No name may hold a colon (RFC 7617), so that the exporter
 * doesn't start, and sends nothing without credentials.
 */
const missingUsername = "username:is-missing";

/** Alloy makes a server's half of the handler too, which wants users, though nobody logs in here. */
const noUsers = "# none";

type Auth<T extends DestinationAuth["type"]> = Extract<DestinationAuth, { type: T }>;

/**
 * What puts credentials on an exporter's requests, if it isn't its certificate. They are read from files of an optional
 * volume where Alloy takes files, else from optional environment variables: while the Secret is missing only its
 * destination is down.
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

/** The client's id and secret are read for each token. The URL of tokens in a Secret is read when the pod starts. */
function oauth2(scope: Construct, label: string, { secret, keys, scope: asked, tokenUrl }: Auth<"oauth2">) {
  const variable = `${label.toUpperCase()}_TOKEN_URL`;
  const handler = new OtelcolAuthOauth2(scope, label, {
    clientIdFile: secretFile(secret, keys.clientId),
    clientSecretFile: secretFile(secret, keys.clientSecret),
    tokenUrl: tokenUrl ?? coalesce(sys.env(variable), missingTokenUrl),
    scopes: [asked],
  }).requires(secretFiles(secret, keys.clientId, keys.clientSecret));
  if (tokenUrl === undefined) {
    handler.requires({ kind: "secretVariable", variable, secret, key: keys.tokenUrl });
  }
  return handler.handler;
}

/** The token is read when the pod starts. A line end after it, as editors leave one, is no part of it. */
function bearer(scope: Construct, label: string, { secret, keys, header, scheme }: Auth<"bearer">) {
  const variable = `${label.toUpperCase()}_TOKEN`;
  return new OtelcolAuthBearer(scope, label, {
    ...(header !== undefined && { header }),
    ...(scheme !== undefined && { scheme }),
    token: coalesce(string.trimSpace(sys.env(variable)), missingToken),
  }).requires({ kind: "secretVariable", variable, secret, key: keys.token }).handler;
}

/** Name and password are read again as their files change. If they are missing at first, when the pod starts again. */
function basic(scope: Construct, label: string, { secret, keys }: Auth<"basic">) {
  return new OtelcolAuthBasic(scope, label, {
    clientAuth: {
      username: missingUsername,
      usernameFile: secretFile(secret, keys.username),
      passwordFile: secretFile(secret, keys.password),
    },
    htpasswd: { inline: noUsers },
  }).requires(secretFiles(secret, keys.username, keys.password)).handler;
}
