import type { Destination, DestinationAuth } from "../environment";
import { code, listed, table } from "./markdown";

/** Where each signal goes, how the destination knows the agent, and how requests reach it. No secret is shown. */
export function destinationTable(destinations: readonly Destination[]): string {
  const rows = destinations.map((destination) => {
    const { name, endpoint, metricsEndpoint, logsEndpoint, auth } = destination;
    return [
      code(name),
      urlOf(metricsEndpoint, endpoint, "/v1/metrics"),
      urlOf(logsEndpoint, endpoint, "/v1/logs"),
      authWords(auth),
      requestWords(destination),
    ];
  });
  return table(["Destination", "Metrics", "Logs", "Authentication", "Requests"], rows);
}

function urlOf(own: string | undefined, base: string | undefined, path: string): string {
  if (own !== undefined) return url(own);
  return base === undefined ? "none" : url(base.replace(/\/*$/, path));
}

/** A query may hold a token: it is not shown. */
function url(text: string): string {
  return code(text.replace(/\?.*/s, "?…"));
}

function authWords(auth: DestinationAuth): readonly string[] | string {
  switch (auth.type) {
    case "none":
      return "none";
    case "mtls":
      return `client certificate (mTLS) of the Secret ${code(auth.secret)}`;
    case "oauth2":
      return [
        `OAuth2 client credentials of the Secret ${code(auth.secret)}`,
        `scope ${code(auth.scope)}`,
        auth.tokenUrl === undefined ? "token URL of the Secret" : `token URL ${url(auth.tokenUrl)}`,
      ];
    case "bearer":
      return [
        `token of the Secret ${code(auth.secret)}`,
        `in the header ${code(auth.header ?? "Authorization")}, ${schemeWords(auth.scheme ?? "Bearer")}`,
      ];
    case "basic":
      return `user name and password of the Secret ${code(auth.secret)}`;
  }
}

function schemeWords(scheme: string): string {
  return scheme === "" ? "by itself" : `after ${code(scheme)}`;
}

function requestWords(destination: Destination): readonly string[] {
  const { auth, tls, headers = {}, compression = "gzip" } = destination;
  const names = Object.keys(headers).map(code);
  const ca = tls?.ca?.secret ?? (auth.type === "mtls" ? auth.secret : undefined);
  return [
    ...(isEncrypted(destination)
      ? [`CA of ${ca === undefined ? "the system" : `the Secret ${code(ca)}`}`]
      : []),
    ...(tls?.serverName === undefined ? [] : [`certificate of ${code(tls.serverName)}`]),
    ...(names.length === 0 ? [] : [`header${names.length === 1 ? "" : "s"} ${listed(names)}`]),
    compression === "none" ? "not compressed" : `compressed by ${compression}`,
  ];
}

function isEncrypted({ endpoint, metricsEndpoint, logsEndpoint }: Destination): boolean {
  return [endpoint, metricsEndpoint, logsEndpoint].some((text) => text?.startsWith("https:"));
}
