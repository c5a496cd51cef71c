import { agentContainer, type ChartValues, type JsonMap } from "../../chart";
import type { PodGrants } from "../grants/pod-grants";
import type { Grant } from "../grants/required";
import type { NameOf } from "../props/props";

/** Why a pod has what neither a component nor another prop asks for. */
export const byChartValues = "chart values";

/** A path of the node in a container. */
export interface PathAccess extends Grant {
  readonly path: string;
  readonly container: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Kubernetes' mountPropagation. @default - none */
  readonly propagation?: string | undefined;
}

/** A Secret that a container reads. */
export interface SecretAccess extends Grant {
  readonly secret: string;
  /** @default - all */
  readonly keys?: readonly string[] | undefined;
  readonly container: string;
  /** Where it is read. */
  readonly as: { readonly files: string } | { readonly variable: string };
}

/** A Linux capability of a container. */
export interface CapabilityAccess extends Grant {
  readonly capability: string;
  readonly container: string;
}

/** A container, and what it is allowed beyond the least that every container is. */
export interface ContainerAccess {
  readonly name: string;
  /** It is an init container. */
  readonly first: boolean;
  readonly image: string;
  readonly user: string;
  readonly beyond: readonly Grant[];
  readonly components: readonly string[];
}

/** What a pod really has, read from its objects, each with the components or the prop that want it. */
export interface PodAccess {
  readonly paths: readonly PathAccess[];
  readonly secrets: readonly SecretAccess[];
  readonly capabilities: readonly CapabilityAccess[];
  readonly containers: readonly ContainerAccess[];
  /** Everything else. */
  readonly others: readonly Grant[];
}

/** What {@link podAccess} takes. */
export interface PodAccessOptions {
  readonly grants: Pick<PodGrants, "volumes" | "secrets" | "capabilities">;
  /** Whether a prop says which images run. */
  readonly images: boolean;
  readonly nameOf: NameOf;
  readonly chartValues: ChartValues;
  /** The chart's objects, such as the ServiceAccount and the Service. */
  readonly objects: readonly { readonly kind: string; readonly name: string; readonly content: JsonMap }[];
}

/** A container of the pod. */
export interface Container {
  readonly name: string;
  readonly fields: JsonMap;
  /** It is an init container. */
  readonly first: boolean;
}

/** Names the container in a message; Alloy's own goes without saying. */
export function inside(container: string): string {
  return container === agentContainer ? "" : ` in container ${container}`;
}

export const ofChartValues = [byChartValues];
