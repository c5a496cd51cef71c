import type { AlloyConfig } from "../alloy";
import type { Destination, Environment } from "../environment";
import { destinationTable } from "./destinations";
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
  const { name, namespace, containerRuntime, hostNetwork, cluster } = environment;
  const blocks = config.components
    .filter((component) => placeOf(config, component) === undefined)
    .map(({ address }) => code(address));
  return [
    `Each node of ${code(name)} runs an agent, in the namespace ${code(namespace)}.`,
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
