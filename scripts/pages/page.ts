import { App } from "cdk8s";
import type { AlloyConfig } from "../../lib/alloy";
import { AlloyAgent } from "../../lib/alloy-agent";
import type { Destination, Environment } from "../../lib/environment";
import { deliveryOf } from "./delivery";
import { destinationTable } from "./destinations";
import { code, listed, plain, table } from "./markdown";
import { mermaidOf } from "./mermaid";
import { svgOf } from "./picture/picture";
import { privilegesOf } from "./privileges";
import { chainsOf, flowKinds, placeOf, type Route, routesOf, sourceWords } from "./routes";

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

/**
 * What an operator wants to know of an environment: what goes where, with pictures, and what the agent may do.
 *
 * @param picture the file of the picture beside the page
 */
export function pageOf(environment: Environment, agent: AlloyAgent, picture: string): string {
  const { name } = environment;
  const { config, workload } = agent;
  return [
    `# ${plain(name)}`,
    `<!-- Generated from environments/${name}.yaml: change that file, not this one. -->`,
    summaryOf(environment, config),
    deliveryOf(environment),
    "## Pipeline",
    `[![The pipeline of ${plain(name)}](${picture})](${picture})`,
    "Every component by itself:",
    `\`\`\`mermaid\n${mermaidOf(config)}\n\`\`\``,
    privilegesOf(environment, config, workload),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

/**
 * The page and the picture of each environment, by the names of their files.
 *
 * @throws AggregateError of SettingErrors where a chart value is wrong or its render is not recorded
 */
export function pagesOf(environments: readonly Environment[]): ReadonlyMap<string, string> {
  return new Map(
    environments.flatMap((environment) => {
      const { name } = environment;
      const agent = new AlloyAgent(new App(), environment);
      const picture = `${name}.svg`;
      return [
        [`${name}.md`, pageOf(environment, agent, picture)] as const,
        [picture, svgOf(chainsOf(agent.config), `Alloy pipeline of ${name}`)] as const,
      ];
    }),
  );
}
