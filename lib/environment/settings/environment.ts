import type { StabilityLevel } from "../../alloy";
import type { PodSecurityLevel } from "../../chart";
import { type ContainerImages, imageVersion, type SecretSource } from "../../schema";
import type { Diagnostic } from "../yaml/diagnostic";
import type { EnvironmentSource } from "../yaml/source";
import { type AistoreCluster, toAistore } from "./aistore";
import { type AlloyFile, type AlloyNeeds, toAlloyNeeds } from "./alloy";
import { withDelivery } from "./delivery";
import type { Destination } from "./destination";
import { memoryQueueNotices } from "./destination-rules";
import { toDestinations } from "./destinations";
import {
  type AlertSettings,
  type DashboardSettings,
  monitoringNotices,
  type ownMetricsChoices,
} from "./monitoring";
import {
  type ContainerRuntime,
  type EthtoolSettings,
  ethtoolNotices,
  type MountPropagation,
  storageFolder,
  toEthtool,
  usualSockets,
} from "./node";
import { type AgentResources, agentResources, memoryLimit } from "./resources";
import { toSecretSources } from "./secrets";
import type { Settings } from "./settings";
import { type Sources, toSources } from "./sources";
import type { UiSettings } from "./workload";

/** Everything that one file of `environments/` says, checked and with its defaults filled in. */
export interface Environment {
  /** The file's name without its extension; the folder of its manifests. */
  readonly name: string;
  /** Where the settings were read, to report a mistake at its place. */
  readonly source: EnvironmentSource;
  /** The namespace of the agent and of everything that belongs to it. */
  readonly namespace: string;
  /** The Namespace is made here, with its Pod Security level. Otherwise others see to it. */
  readonly createNamespace: boolean;
  readonly containerRuntime: ContainerRuntime;
  /** The runtime's socket on the nodes: an absolute path. */
  readonly runtimeSocket: string;
  /** Whether the agent sees mounts that a node makes after the agent's start. */
  readonly mountPropagation: MountPropagation;
  /** The pod shares the node's network. */
  readonly hostNetwork: boolean;
  /** The value of the `cluster` attribute on everything that is sent. */
  readonly cluster: string;
  /** What the agents read, where a destination takes it. */
  readonly sources: Sources;
  /** The AIStore clusters: AIStore custom resources, whose pods are scraped and whose logs have a severity. */
  readonly aistore: readonly AistoreCluster[];
  /** Absent: the ethtool collector is off. */
  readonly ethtool?: EthtoolSettings | undefined;
  /** `local`, `remote`, then the others in the order of the file; never empty. */
  readonly destinations: readonly Destination[];
  /** Where Secrets come from that components read. Those that aren't among them are made by hand. */
  readonly secrets: readonly SecretSource[];
  /** Folder of the node for what outlives the agent: positions in logs, and queues. Absent: nothing does. */
  readonly storagePath?: string | undefined;
  /** The bytes of memory that the agent may use. Absent: what the node has. */
  readonly memoryLimit?: number | undefined;
  /** Metrics, but for the agent's own, are refused while it is short of memory. Without a limit it can't be. */
  readonly memoryLimiter: boolean;
  /** What the operator should know though nothing is wrong, at its place in the file. */
  readonly notices: readonly Diagnostic[];
  /** What the agent's container asks for and may use. Absent: what the chart values say. */
  readonly resources?: AgentResources | undefined;
  readonly ui: UiSettings;
  /** What the agent sends of its own metrics: those that alerts and dashboards read, all, or none. */
  readonly ownMetrics: (typeof ownMetricsChoices)[number];
  readonly alerts: AlertSettings;
  readonly dashboards: DashboardSettings;
  /** The highest stability level that components may have. Absent: any. */
  readonly stability?: StabilityLevel | undefined;
  /** Files in Alloy's language whose components are part of the pipeline. */
  readonly alloyFiles: readonly AlloyFile[];
  /** What their components need beyond what their arguments tell, by the components' addresses. */
  readonly alloyNeeds: ReadonlyMap<string, AlloyNeeds>;
  /** Data on its way can be watched in Alloy's UI. */
  readonly livedebugging: boolean;
  /** Where the sidecar that reloads Alloy serves its own metrics. Absent: nowhere. */
  readonly reloaderAddress?: string | undefined;
  /** How many nodes' agents are replaced at a time: a number, or a percentage. */
  readonly maxUnavailable: number | string;
  /** A NetworkPolicy limits the pods' network, where they have one of their own. */
  readonly networkPolicy: boolean;
  /** The TCP ports at which the Kubernetes API is. */
  readonly apiServerPorts: readonly number[];
  /** The Pod Security level of the agent's namespace. Absent: the lowest that admits its pod. */
  readonly podSecurity?: PodSecurityLevel | undefined;
  /** The version of the Alloy chart. Absent: the one that all environments have that name none. */
  readonly chartVersion?: string | undefined;
  /** Absent: the images are the chart's. */
  readonly images?: ContainerImages | undefined;
  /** Values for the Alloy chart, as they stand in the file. */
  readonly chartValues: Readonly<Record<string, unknown>>;
}

/**
 * The environment that settings describe, with the defaults of those that are unset.
 *
 * @param settings without mistakes, together too
 * @param alloyFiles those that they name
 */
export function toEnvironment(
  name: string,
  source: EnvironmentSource,
  settings: Settings,
  chartValues: Readonly<Record<string, unknown>>,
  alloyFiles: readonly AlloyFile[],
): Environment {
  const { namespace, chart_version, images } = settings;
  const aistore = toAistore(settings);
  const limits = {
    stability: settings.stability,
    storagePath: storageFolder(settings.storage.path, namespace),
  };
  const namespaces = new Set([
    ...aistore.map((cluster) => cluster.namespace),
    ...platformNamespaces(namespace),
  ]);
  const destinations = toDestinations(settings, [...namespaces]);
  const resources = agentResources(settings.resources);
  const memory = memoryLimit(resources);
  const sources = toSources(settings.sources);
  const { node, cadvisor, aistore: ofAistore, kubeStateMetrics } = sources;
  const isScraping = [node, cadvisor, ofAistore, kubeStateMetrics].some((source) => source !== undefined);
  return {
    name,
    source,
    namespace,
    createNamespace: settings.create_namespace,
    containerRuntime: settings.container_runtime,
    runtimeSocket: settings.runtime.socket ?? usualSockets[settings.container_runtime],
    mountPropagation: settings.mount_propagation,
    hostNetwork: settings.host_network,
    cluster: settings.remote.label,
    sources,
    aistore,
    ethtool: toEthtool(settings),
    destinations: withDelivery(destinations, limits),
    secrets: toSecretSources(settings.secrets),
    storagePath: limits.storagePath,
    memoryLimit: memory,
    memoryLimiter: settings.memory_limiter && memory !== undefined && isScraping,
    notices: [
      ...memoryQueueNotices(destinations, limits, source),
      ...ethtoolNotices(settings, source),
      ...monitoringNotices(settings, destinations, source),
    ],
    resources,
    ui: {
      expose: settings.ui.expose,
      port: settings.ui.port,
    },
    ownMetrics: settings.own_metrics,
    alerts: settings.alerts,
    dashboards: settings.dashboards,
    stability: settings.stability,
    alloyFiles,
    alloyNeeds: toAlloyNeeds(settings.alloy_requires),
    livedebugging: settings.livedebugging,
    reloaderAddress: settings.reloader.listen_address,
    maxUnavailable: settings.max_unavailable,
    networkPolicy: settings.network_policy,
    apiServerPorts: settings.api_server_ports,
    podSecurity: settings.pod_security,
    chartVersion: chart_version,
    images: imageSettings(images),
    chartValues,
  };
}

/** The namespaces of AIStore's platform, whose logs go to the remote beside those of AIStore's own namespaces. */
function platformNamespaces(agent: string): readonly string[] {
  return ["kube-system", agent, "ais-operator-system"];
}

function imageSettings(settings: Settings["images"]): ContainerImages | undefined {
  const { registry, pull_secrets: pullSecrets, agent, reloader } = settings;
  if (pullSecrets.length === 0 && [registry, agent, reloader].every((one) => one === undefined)) {
    return undefined;
  }
  const versionOf = (text: string | undefined) => (text === undefined ? undefined : imageVersion(text));
  return { registry, pullSecrets, agent: versionOf(agent), reloader: versionOf(reloader) };
}
