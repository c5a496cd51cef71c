import type { RequirementOf } from "../../alloy";
import type { AlloyRenderOptions, PodSecurityLevel, RenderStore, Resources } from "../../chart";
import { type ContainerImages, formatKey, type SecretSource } from "../../schema";

/** What an `AlloyWorkload` takes. */
export interface AlloyWorkloadProps extends AlloyRenderOptions {
  /** What the components of the configuration need; exactly that is granted. */
  readonly requirements: readonly RequirementOf[];
  /** The namespace of the agent and of everything that belongs to it. */
  readonly namespace: string;
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
  /** Where Alloy keeps its data: a folder of the node if some of it must outlive the pod, else of the pod. */
  readonly storagePath: string;
  /**
   * Nothing is kept on the node: what Alloy stores is lost with the pod.
   *
   * @default false
   */
  readonly ephemeralStorage?: boolean;
  /** @default - the chart's images, from their own registries */
  readonly images?: ContainerImages | undefined;
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
  readonly uiPort?: number | undefined;
  /**
   * Where the sidecar serves its own metrics, such as `127.0.0.1:8080`.
   *
   * @default - nowhere
   */
  readonly reloaderAddress?: string | undefined;
  /** How many nodes' agents are replaced at a time: a number, or a percentage, which is rounded up. */
  readonly maxUnavailable: number | string;
  /**
   * What the agent's container asks for and may use.
   *
   * @default - what the chart values say
   */
  readonly resources?: Resources | undefined;
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
  readonly podSecurity?: PodSecurityLevel | undefined;
  /**
   * Where Secrets come from that components read.
   *
   * @default - all are made by hand
   */
  readonly secrets?: readonly SecretSource[];
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore | undefined;
  /**
   * What whoever sets a prop calls it: mistakes and annotations name it so.
   *
   * @default - as it is called here, such as `images.agent`
   */
  readonly nameOf?: NameOf;
}

/** A prop of an {@link AlloyWorkload}, or a part of one, such as an item of a list in `chartValues`. */
export type PropPath = readonly [prop: keyof AlloyWorkloadProps, ...part: (string | number)[]];

/** The name of a prop, or of a part of one. */
export type NameOf = (path: PropPath) => string;

/** The name that a prop has here. */
export const ownName: NameOf = formatKey;

/** What is wrong with a prop, and what to write instead. */
export interface PropMistake {
  /** Absent: the chart, in the version that is asked for. */
  readonly path?: PropPath;
  readonly message: string;
  /** Other props without which it might be none. @default - none */
  readonly restsOn?: readonly (keyof AlloyWorkloadProps)[];
  /** The components that ask for what can't be granted. @default - none in particular */
  readonly components?: readonly string[];
}

/** Every mistake in the props of an {@link AlloyWorkload}. */
export class PropErrors extends Error {
  override readonly name = "PropErrors";

  constructor(readonly mistakes: readonly PropMistake[]) {
    super(
      mistakes.map(({ path, message }) => [...(path ? [ownName(path)] : []), message].join(": ")).join("; "),
    );
  }
}
