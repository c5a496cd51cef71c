import type { AlloyConfig } from "../alloy";
import type { Destination, DestinationAuth, Environment } from "../environment";
import { flowKinds } from "./flows";
import { code, listed, table } from "./markdown";
import { type Route, routesOf } from "./routes";
import { sourceWords } from "./sources";
import { placeOf } from "./stages";

/** What the agents of an environment read, and what of it goes where, in words. */
export function summaryOf(environment: Environment, config: AlloyConfig): string {
  const routes = routesOf(config);
  return [
    introduction(environment, config),
    "## What goes where",
    sourceTable(environment, routes),
    ...way(routes),
    "## Destinations",
    destinationTable(environment.destinations),
  ].join("\n\n");
}

function introduction(environment: Environment, config: AlloyConfig): string {
  const { name, containerRuntime, hostNetwork, cluster } = environment;
  const blocks = config.components
    .filter((component) => placeOf(config, component) === undefined)
    .map(({ address }) => code(address));
  return [
    `Each node of ${code(name)} runs an agent.`,
    `The container runtime is ${containerRuntime}.`,
    `The agent has ${hostNetwork ? "the node's network" : "a network of its own"}.`,
    `All that it sends has the attribute ${code("cluster")} with the value ${code(cluster)}.`,
    ...(blocks.length > 0 ? [`Alloy itself is configured by ${listed(blocks)}.`] : []),
  ].join(" ");
}

function sourceTable(environment: Environment, routes: readonly Route[]): string {
  const words = sourceWords(environment);
  const rows = routes.map(({ source, kind, destinations }) => [
    words.get(source) ?? code(source),
    kind,
    listed(destinations.map((name) => destinationWords(name, kind, environment.destinations))),
  ]);
  return table(["Source", "Signal", "Goes to"], rows);
}

function destinationWords(name: string, kind: string, destinations: readonly Destination[]): string {
  const namespaces = destinations.find((one) => one.name === name)?.logNamespaces;
  if (kind !== "logs" || namespaces === undefined) return code(name);
  return `${code(name)} (only the namespaces ${listed(namespaces.map(code))})`;
}

/** The processing of each signal, step by step. Sources of one signal share it. */
function way(routes: readonly Route[]): readonly string[] {
  return flowKinds.flatMap((kind) => {
    const steps = new Set(
      routes.filter((route) => route.kind === kind).flatMap(({ processing }) => processing),
    );
    const names = [...steps].map(({ address }) => code(address));
    return names.length === 0 ? [] : [`On their way, ${kind} pass ${listed(names)}.`];
  });
}

function destinationTable(destinations: readonly Destination[]): string {
  const rows = destinations.map(({ name, endpoint, metricsEndpoint, logsEndpoint, auth }) => [
    code(name),
    urlOf(metricsEndpoint, endpoint, "/v1/metrics"),
    urlOf(logsEndpoint, endpoint, "/v1/logs"),
    authWords(auth),
  ]);
  return table(["Destination", "Metrics", "Logs", "Authentication"], rows);
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
  }
}
