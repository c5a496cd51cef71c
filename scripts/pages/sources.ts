import { type AlloyConfig, argumentIn, blockIn, type Component, literalIn, sendsData } from "../../lib/alloy";
import type { Environment } from "../../lib/environment";
import { aistoreSourceId, ownSampleBytes, ownSeriesOf } from "../../lib/pipeline";
import { code, listed } from "./markdown";
import { placeOf } from "./routes";

/** What each source of an environment's pipeline reads, in words, by its id. */
export function sourceWords(environment: Environment, config: AlloyConfig): ReadonlyMap<string, string> {
  return new Map([
    ["node", `The node: processors, memory, disks, file systems ${network(partsOf(config, "node"))}`],
    ["containers", `The containers of ${environment.containerRuntime}: processor, memory and network`],
    ...environment.aistore.map((cluster) => {
      const id = aistoreSourceId(cluster);
      const words = `AIStore ${code(cluster.name)} in namespace ${code(cluster.namespace)}: its proxies and targets`;
      return [id, `${words}, ${protocol(partsOf(config, id))}`] as const;
    }),
    ["kube-state-metrics", "Kubernetes objects: what kube-state-metrics knows, if it runs on the node"],
    ["alloy", `The agent itself: ${ownWords(environment)}`],
    ["pod-logs", logWords(environment)],
    ...environment.alloyFiles.map(({ name }) => [name, fileWords(config, name)] as const),
  ]);
}

/** What a file has that sends data, by the addresses of its components. */
function fileWords(config: AlloyConfig, file: string): string {
  const sending = partsOf(config, file).filter(({ definition }) => sendsData(definition));
  return `The file ${code(file)}: ${listed(sending.map(({ address }) => code(address)))}`;
}

/** What the agent's own metrics add to those of each node; nothing where none are sent, or nobody can say. */
export function ownCost(environment: Environment, config: AlloyConfig): readonly string[] {
  if (partsOf(config, "alloy").length === 0 || environment.ownMetrics === "all") return [];
  const count = ownSeriesOf(environment);
  const kilobytes = ((count * ownSampleBytes) / 1000).toFixed(1);
  return [
    `Of itself, an agent that is well sends ${count} series every ${environment.sources.scrapeInterval}, some ${kilobytes} kB before compression. There is one more for each thing that goes wrong at a destination.`,
  ];
}

function ownWords({ ownMetrics }: Environment): string {
  return ownMetrics === "all"
    ? "all that it counts"
    : "its queues, what it sends and fails to send, its configuration and its memory";
}

function logWords({ sources: { logs } }: Environment): string {
  const excluded = logs?.excludeNamespaces ?? [];
  const since =
    logs?.since === undefined
      ? []
      : [`of what was written since ${new Date(logs.since * 1000).toISOString()}`];
  const but = excluded.length === 0 ? [] : [`but for the namespaces ${listed(excluded.map(code))}`];
  return ["The logs of all containers on the node", ...but, ...since].join(", ");
}

/** The components of a source. */
function partsOf(config: AlloyConfig, source: string): readonly Component[] {
  return config.components.filter((component) => {
    const place = placeOf(config, component);
    return place?.stage === "sources" && place.part === source;
  });
}

function protocol(components: readonly Component[]): string {
  const scrape = components.find(({ definition }) => definition.name === "prometheus.scrape");
  if (literalIn(scrape?.block, "scheme") !== "https") return "over HTTP";
  const tls = scrape && blockIn(scrape.block, "tls_config");
  if (literalIn(tls, "insecure_skip_verify") === true) {
    return "over HTTPS, with a certificate that is not verified";
  }
  const [ca] = components.flatMap(({ requirements }) =>
    requirements.flatMap((needed) =>
      needed.kind === "secretFiles" ? needed.keys.map((key) => ({ key, secret: needed.secret })) : [],
    ),
  );
  const by =
    ca === undefined ? "the system's CAs" : `the key ${code(ca.key)} of the Secret ${code(ca.secret)}`;
  const name = literalIn(tls, "server_name");
  return `over HTTPS, with a certificate that is verified by ${by}${typeof name === "string" ? `, for the name ${code(name)}` : ""}`;
}

/** What is measured of the node's network: without the agent in it, the state of its interfaces alone. */
function network(components: readonly Component[]): string {
  const block = components.find(({ definition }) => definition.name === "prometheus.exporter.unix")?.block;
  const disabled = argumentIn(block, "disable_collectors");
  const isOff = (collector: string) =>
    disabled?.kind === "list" &&
    disabled.items.some((item) => item.kind === "literal" && item.value === collector);
  if (isOff("netdev")) return "and the state of its network interfaces (their traffic takes `host_network`)";
  const cards = literalIn(block && blockIn(block, "ethtool"), "device_include");
  return `and network${typeof cards === "string" ? `; the network cards ${code(cards)}` : ""}`;
}
