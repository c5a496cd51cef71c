import type { RequirementOf } from "../alloy/requirement";
import type { ImageSettings } from "../environment/environment";
import type { SecretSource } from "../environment/secrets/secret-source";
import type { RenderStore } from "./chart/render-store";
import type { AlloyRenderOptions } from "./chart-values";
import type { Resources } from "./kubernetes";
import type { PodSecurityLevel } from "./pod-security/pod-security";

/** What an `AlloyWorkload` takes. */
export interface AlloyWorkloadProps extends AlloyRenderOptions {
  /** What the components of the configuration need; exactly that is granted. */
  readonly requirements: readonly RequirementOf[];
  /**
   * The namespace of the agent and of everything that belongs to it.
   *
   * @default "monitoring"
   */
  readonly namespace?: string;
  /**
   * The Namespace is made, with a Pod Security level that admits the agent's pod. Otherwise others see to it.
   *
   * @default true
   */
  readonly createNamespace?: boolean;
  /**
   * The pods share the network of their nodes.
   *
   * @default false
   */
  readonly hostNetwork?: boolean;
  /**
   * Where Alloy keeps its data: a folder of the node if some of it must outlive the pod, else of the pod.
   *
   * @default - a folder of the agent's own, below `/var/lib/aistore-alloy`
   */
  readonly storagePath?: string;
  /**
   * Nothing is kept on the node, though some of it should outlive the pod.
   *
   * @default false
   */
  readonly forgetful?: boolean;
  /** @default - the chart's images, from their own registries */
  readonly images?: ImageSettings;
  /**
   * Alloy's UI is open to the network: that of the nodes, if the pods share it, else that of the pods.
   *
   * @default false
   */
  readonly exposeUi?: boolean;
  /**
   * The port of Alloy's UI.
   *
   * @default - the chart's, 12345
   */
  readonly uiPort?: number;
  /**
   * Where the sidecar serves its own metrics, such as `127.0.0.1:8080`.
   *
   * @default - nowhere
   */
  readonly reloaderAddress?: string;
  /** How many nodes' agents are replaced at a time: a number, or a percentage, which is rounded up. */
  readonly maxUnavailable: number | string;
  /**
   * What the agent's container asks for and may use.
   *
   * @default - what the chart values say
   */
  readonly resources?: Resources;
  /**
   * A NetworkPolicy limits the pods' network, where they have one of their own.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /** The TCP ports at which the Kubernetes API is. */
  readonly apiServerPorts: readonly number[];
  /**
   * The Pod Security level of the agent's namespace.
   *
   * @default - the lowest that admits the agent's pod
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Where Secrets come from that components read.
   *
   * @default - all are made by hand
   */
  readonly secrets?: readonly SecretSource[];
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore;
}
