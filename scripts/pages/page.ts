import { basename, dirname, join, relative, resolve } from "node:path";
import type { AlloyConfig } from "../../lib/alloy";
import { AlloyAgent } from "../../lib/alloy-agent";
import { contractOf } from "../../lib/contract";
import type { Destination, Environment, ReadEnvironments } from "../../lib/environment";
import { dashboardsOf, type RuleGroup } from "../../lib/monitoring";
import { formatKey } from "../../lib/schema";
import { synthesize } from "../../lib/synthesis";
import { contractWords } from "./contract";
import { deliveryOf } from "./delivery";
import { destinationList } from "./destinations";
import { exportsOf } from "./exporters";
import { bullets, capitalized, code, listed, plain } from "./markdown";
import { type Boxes, boxesOf } from "./picture/boxes";
import { svgOf } from "./picture/picture";
import { privilegesOf } from "./privileges";
import { placeOf, routesOf, stages, stageTitles } from "./routes";
import { ownCost, sourceWords } from "./sources";

/** What the agents of an environment read, and what of it goes where, in words. */
export function summaryOf(environment: Environment, config: AlloyConfig): string {
  return [
    introduction(environment, config),
    "## What goes where",
    ...sourceLists(environment, config),
    ...ownCost(environment, config),
    "## Destinations",
    destinationList(environment.destinations, exportsOf(config)),
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

/** The sources whose data goes to the same destinations, signal by signal. */
function sourceLists(environment: Environment, config: AlloyConfig): readonly string[] {
  const words = sourceWords(environment, config);
  const lists = new Map<string, string[]>();
  for (const { source, kind, destinations } of routesOf(config)) {
    const named = destinations.map((name) => destinationWords(name, kind, environment.destinations));
    const heading = `${capitalized(kind)} go to ${listed(named)}:`;
    lists.set(heading, [...(lists.get(heading) ?? []), wordsOf(source, words)]);
  }
  return [...lists].map(([heading, sources]) => `${heading}\n\n${bullets(sources)}`);
}

/** @throws Error where a source of the pipeline has no words here */
function wordsOf(source: string, words: ReadonlyMap<string, string>): string {
  const known = words.get(source);
  if (known === undefined) throw new Error(`scripts/pages/sources.ts doesn't say what ${source} reads`);
  return known;
}

function destinationWords(name: string, kind: string, destinations: readonly Destination[]): string {
  const namespaces = destinations.find((one) => one.name === name)?.logNamespaces;
  if (kind !== "logs" || namespaces === undefined) return code(name);
  return `${code(name)} (only the namespaces ${listed(namespaces.map(code))})`;
}

/** The components of each box of the picture, in the order of the config's text. */
function componentLists({ boxes }: Boxes): readonly string[] {
  return stages.flatMap((stage) => {
    const own = boxes.filter((box) => box.stage === stage);
    const lines = own.map(
      ({ title, steps }) =>
        `${plain(title)}: ${steps.map(({ component }) => code(component.address)).join(", ")}`,
    );
    return own.length === 0 ? [] : [`${stageTitles[stage]}:\n\n${bullets(lines)}`];
  });
}

/** What files in Alloy's language have added, and what they may send to. */
function endWords({ ends }: AlloyAgent, { alloyFiles }: Environment): readonly string[] {
  const files = alloyFiles.map(({ name }) => code(name));
  const added = files.length === 0 ? "" : `, as ${listed(files)} ${files.length === 1 ? "does" : "do"}`;
  const named = ends.map(({ name, signals }) => `${code(name)} (${listed(signals)})`);
  return [`The setting ${code("alloy_files")} adds to this${added}. Files may send to ${listed(named)}.`];
}

/** Which file says what, where it is not one that says all. */
function settingsOf(environment: Environment): readonly string[] {
  const files = [...environment.source.settings()];
  if (files.length === 1) return [];
  const lines = files
    .filter(([, keys]) => keys.length > 0)
    .map(
      ([file, keys]) =>
        `${code(fromProject(file, environment))} says ${listed(keys.map((key) => code(formatKey(key))))}.`,
    );
  return ["## Settings", bullets(lines)];
}

/** A path as it is from the folder that has the environments' folder. */
function fromProject(file: string, { source }: Environment): string {
  const folder = dirname(source.file);
  return join(basename(resolve(folder)), relative(folder, file));
}

/** The alerts of an environment, and where their rules are; nothing where it has none. */
function alertWords({ alerts: { as } }: Environment, groups: readonly RuleGroup[]): readonly string[] {
  const rules = groups.flatMap((group) => group.rules);
  if (rules.length === 0) return [];
  const names = new Set(rules.map(({ alert }) => code(alert)));
  const where = as === "file" ? `the file ${code("alerts.rules")} beside the manifests` : "a PrometheusRule";
  return [
    "## Alerts",
    `${rules.length} rules in ${where}: ${listed([...names])}. What each tells, and what to do then, is in ${code("docs/alerts.md")} of the project.`,
  ];
}

/** The dashboards of an environment; nothing where it has none. */
function dashboardWords(environment: Environment): readonly string[] {
  const { dashboards, namespace } = environment;
  const files = dashboards.as === "none" ? [] : dashboardsOf(environment);
  if (files.length === 0) return [];
  const labels = Object.entries(dashboards.labels).map(([name, value]) => code(`${name}: ${value}`));
  const by = labels.length === 0 ? "without labels" : `with ${listed(labels)}`;
  return [
    "## Dashboards",
    `${listed(files.map(({ title }) => title))}: each in a ConfigMap of namespace ${code(namespace)} ${by}, by which Grafana's sidecar finds it. ${code("docs/dashboards.md")} of the project says what they show.`,
  ];
}

/**
 * What an operator wants to know of an environment: what goes where, with a picture, and what the agent may do.
 *
 * @param picture the file of the picture beside the page
 */
export function pageOf(environment: Environment, agent: AlloyAgent, picture: string): string {
  const { name, source } = environment;
  const { config, workload } = agent;
  const files = [...source.settings().keys()].map((file) => fromProject(file, environment));
  const them = files.length > 1 ? "these files" : "that file";
  return [
    `# ${plain(name)}`,
    `<!-- Generated from ${listed(files)}: change ${them}, not this one. -->`,
    summaryOf(environment, config),
    ...settingsOf(environment),
    deliveryOf(environment, config),
    ...alertWords(environment, agent.ruleGroups),
    ...dashboardWords(environment),
    ...contractWords(contractOf(environment, config)),
    "## Pipeline",
    `[![The pipeline of ${plain(name)}](${picture})](${picture})`,
    ...componentLists(boxesOf(config)),
    ...endWords(agent, environment),
    privilegesOf(environment, config, workload),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

/**
 * The page and the picture of each environment, by the names of their files.
 *
 * @param found what else reading the environments found
 * @throws DiagnosticsError with every mistake of every environment
 */
export function pagesOf(
  environments: readonly Environment[],
  found?: Pick<ReadEnvironments, "diagnostics" | "drafts">,
): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  synthesize(
    environments,
    (app, environment) => {
      const { name } = environment;
      const agent = new AlloyAgent(app, environment);
      const picture = `${name}.svg`;
      pages.set(`${name}.md`, pageOf(environment, agent, picture));
      pages.set(picture, svgOf(boxesOf(agent.config), `Alloy pipeline of ${name}`));
    },
    found,
  );
  return pages;
}
