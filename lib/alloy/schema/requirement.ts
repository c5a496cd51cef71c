import type { Place } from "../syntax/source";
import type { BlockSyntax, BodySyntax } from "../syntax/tree";
import type { StabilityLevel } from "./definition";

/** A right that a component uses on the Kubernetes API. */
export interface ApiRequirement {
  readonly kind: "api";
  /** The API group; empty for the core group. */
  readonly apiGroup: string;
  /** A resource or subresource, such as `pods` or `pods/log`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Where the right is used. @default - in the whole cluster */
  readonly namespaces?: readonly string[] | undefined;
  /** The objects that are read. @default - all */
  readonly resourceNames?: readonly string[] | undefined;
}

/** A path of the node that a component reads. */
export interface HostPathRequirement {
  readonly kind: "hostPath";
  /** The volume's name: a DNS label, one for each host path. */
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  /** @default true */
  readonly readOnly?: boolean;
  /** What must be at the path, in Kubernetes' terms. @default - anything */
  readonly type?: "Socket" | "Directory" | "DirectoryOrCreate";
  /** `HostToContainer`: what the node mounts later below the path is seen too. @default - None */
  readonly propagation?: "HostToContainer";
}

/** A Linux capability of the container, without `CAP_`. */
export interface CapabilityRequirement {
  readonly kind: "capability";
  readonly capability: "NET_ADMIN";
}

/**
 * Keys of a Secret that a component reads as files below `mountPath`. The files are there from the start: as long as the
 * Secret or the key is missing they are empty.
 */
export interface SecretFilesRequirement {
  readonly kind: "secretFiles";
  readonly secret: string;
  readonly mountPath: string;
  /** Each is the name of a file too. Never empty. */
  readonly keys: readonly string[];
}

/** A TCP connection that a component opens, besides those to the Kubernetes API. */
export interface ConnectionRequirement {
  readonly kind: "connection";
  readonly to: PodsPeer | HostPeer | LoopbackPeer;
}

/** Pods that a component scrapes, on whatever port they serve. */
export interface PodsPeer {
  readonly type: "pods";
  /** @default - any */
  readonly namespace?: string;
  /** What their labels are one of, by the labels' names. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** A machine or a service by its name or address. */
export interface HostPeer {
  readonly type: "host";
  /** @default - not known before Alloy runs */
  readonly host?: string;
  readonly port: number;
}

/** What has a {@link LoopbackPortRequirement} of the same port: another component of the same Alloy. */
export interface LoopbackPeer {
  readonly type: "loopback";
  readonly port: number;
}

/** A TCP port that a component listens on at 127.0.0.1: only who shares the pod's network, or the node's, reaches it. */
export interface LoopbackPortRequirement {
  readonly kind: "loopbackPort";
  readonly port: number;
}

/** A port that a component listens on at all addresses, for others to send to. */
export interface PortRequirement {
  readonly kind: "port";
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** What a component needs that only a running Alloy knows: an argument doesn't say it, or says it by an expression. */
export interface UnknownRequirement {
  readonly kind: "unknown";
  readonly of: "connection" | "hostPath";
  /** The argument that tells it, such as `endpoint.url`. @default - none does */
  readonly argument?: string | undefined;
  /** Where that is in a text. @default - in none, or nowhere */
  readonly at?: Place | undefined;
}

/** A field of the pod that a component reads as an environment variable, whatever network the pod has. */
export interface PodFieldRequirement {
  readonly kind: "podField";
  readonly variable: string;
  /** In Kubernetes' terms. */
  readonly fieldPath: "metadata.name";
}

/** Positions or queues below `--storage.path` that must outlive the pod. */
export interface StorageRequirement {
  readonly kind: "storage";
}

/** The lowest `--stability.level` that runs the component. */
export interface StabilityRequirement {
  readonly kind: "stability";
  readonly level: StabilityLevel;
}

/** Versions of Alloy that don't run what a component says: those from one on, those before one, or those between. */
export interface VersionRequirement {
  readonly kind: "version";
  /** What they would have to know, such as `sending_queue.batch since v1.11.0`. */
  readonly what: string;
  /** @default - from the oldest on */
  readonly from?: string | undefined;
  /** @default - up to the newest */
  readonly before?: string;
  /** They run it at lower levels than this. @default - they don't know it at any */
  readonly level?: StabilityLevel;
}

/** What a component needs of the machine and the cluster that run it. */
export type Requirement =
  | ApiRequirement
  | HostPathRequirement
  | CapabilityRequirement
  | SecretFilesRequirement
  | ConnectionRequirement
  | LoopbackPortRequirement
  | PortRequirement
  | UnknownRequirement
  | PodFieldRequirement
  | StorageRequirement
  | StabilityRequirement
  | VersionRequirement;

/** Finds the block of a component by its address, such as `discovery.relabel.pods`. */
export type FindBlock = (address: string) => BlockSyntax | undefined;

/** What arguments tell of what their component needs. @param find the components that it may have its targets of */
export type Need = (body: BodySyntax, find: FindBlock) => readonly Requirement[];

/** A {@link Need} of which a component's own arguments tell all. */
export type OwnNeed = (body: BodySyntax) => readonly Requirement[];

/** A requirement and the component that has it. */
export interface RequirementOf {
  /** Such as `loki.source.kubernetes.pods`. */
  readonly component: string;
  readonly requirement: Requirement;
}
