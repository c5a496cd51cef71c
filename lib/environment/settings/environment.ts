import type { StabilityLevel } from "../../alloy";
import {
  type ContainerImages,
  isRecord,
  type PlainSettings,
  type Report,
  type SecretSource,
} from "../../schema";
import type { Diagnostic } from "../yaml/diagnostic";
import type { EnvironmentSource } from "../yaml/source";
import type { AlloyFile, AlloyNeeds } from "./alloy";
import type { Destination, SecretKey } from "./destination";
import type { AlertSettings, DashboardSettings, ownMetricsChoices } from "./monitoring";
import type { Sources } from "./sources";

/** The container runtime of an environment's nodes. */
export type ContainerRuntime = "docker" | "crio" | "containerd";

/** Kubernetes' words for what a container sees of later mounts: those of the node, or none. */
export type MountPropagation = "HostToContainer" | "None";

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
  readonly resources?: Resources | undefined;
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
  readonly podSecurity?: "restricted" | "baseline" | "privileged" | undefined;
  /** The version of the Alloy chart. Absent: the one that all environments have that name none. */
  readonly chartVersion?: string | undefined;
  /** Absent: the images are the chart's. */
  readonly images?: ContainerImages | undefined;
  /** Values for the Alloy chart, as they stand in the file. */
  readonly chartValues: Readonly<Record<string, unknown>>;
}

/** Alloy's UI. */
export interface UiSettings {
  /** It is open to the network: the node's, where the agent shares it, else the pods'. */
  readonly expose: boolean;
  /** @default - the chart's, 12345 */
  readonly port?: number | undefined;
}

/** Amounts of a node's resources, in Kubernetes' quantities. What is absent is not asked for, or not limited. */
export interface Resources {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

export interface ResourceAmounts {
  /** In cores, such as `100m`. */
  readonly cpu?: string;
  /** In bytes, such as `256Mi`. */
  readonly memory?: string;
}

/** An AIStore custom resource. */
export interface AistoreCluster {
  readonly namespace: string;
  readonly name: string;
  /** How its metrics are scraped over HTTPS. @default - over HTTP */
  readonly tls?: AistoreTls | undefined;
}

/** Whether a cluster's certificate is verified: by a CA in a Secret of the agent's namespace, or not at all. */
export type AistoreTls =
  | { readonly verified: false }
  | {
      readonly verified: true;
      readonly ca: SecretKey;
      /** The name in the certificate. @default - the pod's address */
      readonly serverName?: string | undefined;
    };

/** The ethtool collector of `prometheus.exporter.unix`, which needs the node's network. Both are RE2 regexps. */
export interface EthtoolSettings {
  readonly deviceInclude: string;
  /** @default - the NIC-health statistics */
  readonly metricsInclude?: string | undefined;
}

/** The namespace of the agent and of everything that belongs to it, unless an environment names another. */
export const defaultNamespace = "monitoring";

/** Namespaces that each cluster has by itself. */
const kubernetesOwn = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** What the agent's namespace asks of others: one that others own isn't made here, and its level is theirs to say. */
export function checkNamespace(settings: PlainSettings, report: Report): void {
  const { namespace, create_namespace: isMade } = settings;
  if (report.has(["namespace"]) || report.has(["create_namespace"])) return;
  if (isMade === false) {
    if (settings.pod_security !== undefined) {
      report.add(["pod_security"], "has no effect with create_namespace: false; remove one of the two");
    }
    return;
  }
  const owner = typeof namespace === "string" ? ownerOf(namespace, settings) : undefined;
  if (owner !== undefined) {
    report.add(["namespace"], `is ${owner} own; write create_namespace: false too, or another`);
  }
}

function ownerOf(namespace: string, { aistore }: PlainSettings): string | undefined {
  if (kubernetesOwn.includes(namespace)) return "Kubernetes'";
  const clusters: readonly unknown[] = Array.isArray(aistore) ? aistore : [{ namespace: "ais" }];
  return clusters.some((cluster) => isRecord(cluster) && cluster.namespace === namespace)
    ? "AIStore's"
    : undefined;
}
