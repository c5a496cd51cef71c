import { agentContainer } from "../../lib/chart";
import type { Destination, DestinationAuth, Environment } from "../../lib/environment";
import type { SecretSource } from "../../lib/schema";
import type { PodAccess } from "../../lib/workload";
import type { SignalExport } from "./exporters";
import { bullets, code, listed, sorted, table } from "./markdown";

/** Where each signal goes, how the destination knows the agent, and how requests reach it. No secret is shown. */
export function destinationList(
  destinations: readonly Destination[],
  exported: readonly SignalExport[],
): string {
  const items = destinations.map((destination) => {
    const own = exported.filter((one) => one.destination === destination.name);
    const lines = [
      ...own.map((one) => `${one.signal} to ${url(one.url)}`),
      `authentication: ${authWords(destination.auth)}`,
      ...requestWords(
        destination,
        own.some((one) => one.url.startsWith("https:")),
      ),
    ];
    return [code(destination.name), ...lines.map((line) => `  - ${line}`)].join("\n");
  });
  return bullets(items);
}

/** A query may hold a token: it is not shown. */
function url(text: string): string {
  return code(text.replace(/\?.*/s, "?…"));
}

function authWords(auth: DestinationAuth): string {
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
      ].join(", ");
    case "bearer":
      return `token of the Secret ${code(auth.secret)}, in the header ${code(auth.header ?? "Authorization")} ${schemeWords(auth.scheme ?? "Bearer")}`;
    case "basic":
      return `user name and password of the Secret ${code(auth.secret)}`;
  }
}

function schemeWords(scheme: string): string {
  return scheme === "" ? "by itself" : `after ${code(scheme)}`;
}

function requestWords(destination: Destination, isEncrypted: boolean): readonly string[] {
  const { auth, tls, headers = {}, compression = "gzip" } = destination;
  const names = Object.keys(headers).map(code);
  const ca = tls?.ca?.secret ?? (auth.type === "mtls" ? auth.secret : undefined);
  return [
    ...(isEncrypted ? [`CA of ${ca === undefined ? "the system" : `the Secret ${code(ca)}`}`] : []),
    ...(tls?.serverName === undefined ? [] : [`certificate of ${code(tls.serverName)}`]),
    ...(names.length === 0 ? [] : [`header${names.length === 1 ? "" : "s"} ${listed(names)}`]),
    compression === "none" ? "not compressed" : `compressed by ${compression}`,
  ];
}

/** The Secrets that containers read, with their keys. */
export function secretTable({ secrets }: PodAccess): string {
  const rows = secrets.map(({ secret, keys, container, as, components }) => [
    code(secret),
    keys === undefined ? "all" : listed(keys.map(code)),
    `${"files" in as ? `files below ${code(as.files)}` : `variable ${code(as.variable)}`}${
      container === agentContainer ? "" : ` of ${code(container)}`
    }`,
    sorted(components),
  ]);
  return rows.length === 0 ? "None." : table(["Secret", "Keys", "Read as", "Needed by"], rows);
}

/** Where the Secrets come from; nothing if there are none. */
export function secretSources({ secrets }: Environment): readonly string[] {
  return secrets.map((source) => `The Secret ${code(source.name)} comes from ${sourceWords(source)}.`);
}

function sourceWords(source: SecretSource): string {
  const often = `read again every ${code(source.refresh)}`;
  if (source.from === "external-secrets") {
    return `${code(source.key)} of the ${source.storeKind} ${code(source.store)}, by the External Secrets Operator, ${often}`;
  }
  const login = source.auth === undefined ? "" : `, which logs in by the VaultAuth ${code(source.auth)}`;
  return `${code(source.path)} of the engine ${code(source.mount)} (${source.engine}) in Vault, by the Vault Secrets Operator${login}, ${often}`;
}
