import type { ComponentDefinition, StabilityLevel } from "./schema/definition";
import { experimentalFunctions } from "./standard-library";
import { type BlockSyntax, type BodySyntax, nameOf, type Syntax, walkBody } from "./syntax/tree";
import { versionsOf } from "./versions";

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
  | PodFieldRequirement
  | StorageRequirement
  | StabilityRequirement
  | VersionRequirement;

/** A requirement and the component that has it. */
export interface RequirementOf {
  /** Such as `loki.source.kubernetes.pods`. */
  readonly component: string;
  readonly requirement: Requirement;
}

/** The API group of each role of `discovery.kubernetes`, and the resource that it watches. */
const discoveryRoles: Readonly<Record<string, readonly [apiGroup: string, resource: string]>> = {
  node: ["", "nodes"],
  pod: ["", "pods"],
  service: ["", "services"],
  endpoints: ["", "endpoints"],
  endpointslice: ["discovery.k8s.io", "endpointslices"],
  ingress: ["networking.k8s.io", "ingresses"],
};

const storage: Requirement = { kind: "storage" };

/** The needs of components that their arguments tell; of all others, only the stability level is known. */
const needs: Readonly<Record<string, (body: BodySyntax) => readonly Requirement[]>> = {
  "discovery.kubernetes": discovery,
  "loki.source.kubernetes": () => [api("", "pods", ["get"]), api("", "pods/log", ["get"]), storage],
  "loki.source.cloudflare": () => [storage],
  "loki.source.docker": () => [storage],
  "loki.source.file": () => [storage],
  "loki.source.journal": () => [storage],
  "loki.source.kubernetes_events": (body) => [
    api("", "events", ["list", "watch"], { namespaces: literals(body, "namespaces") }),
    storage,
  ],
  "loki.source.podlogs": () => [storage],
  "loki.write": (body) => (isTrue(blockIn(body, "wal"), "enabled") ? [storage] : []),
  "otelcol.storage.file": () => [storage],
  "prometheus.remote_write": () => [storage],
  "prometheus.write.queue": () => [storage],
  "remote.kubernetes.configmap": (body) => [objectOf("configmaps", body)],
  "remote.kubernetes.secret": (body) => [objectOf("secrets", body)],
};

/** What a component needs of its surroundings, as its name and its arguments tell. */
export function requirementsOf(definition: ComponentDefinition, block: BlockSyntax): readonly Requirement[] {
  return [
    ...stability(definition, block),
    ...versionsOf(definition, block),
    ...(needs[definition.name]?.(block.body) ?? []),
  ];
}

/** A component that calls an experimental function is itself experimental. */
function stability(definition: ComponentDefinition, block: BlockSyntax): readonly StabilityRequirement[] {
  let callsExperimental = false;
  walkBody(block.body, (value) => {
    callsExperimental ||= value.kind === "call" && experimentalFunctions.has(nameOf(value.function) ?? "");
  });
  if (callsExperimental) return [{ kind: "stability", level: "experimental" }];
  return definition.stability === "community" ? [] : [{ kind: "stability", level: definition.stability }];
}

/** Discovery lists and watches what its role names; other metadata costs a right of its own. */
function discovery(body: BodySyntax): readonly Requirement[] {
  const role = literal(body, "role");
  const watched = typeof role === "string" ? discoveryRoles[role] : undefined;
  if (watched === undefined) return [];
  const [apiGroup, resource] = watched;
  const limits = blockIn(body, "namespaces");
  // The agent's own namespace is not known here.
  const own = limits && argument(limits, "own_namespace");
  const isLimited = limits !== undefined && (own === undefined || literal(limits, "own_namespace") === false);
  const metadata = blockIn(body, "attach_metadata");
  return [
    api(apiGroup, resource, ["list", "watch"], {
      namespaces: isLimited ? literals(limits, "names") : undefined,
    }),
    ...(isTrue(metadata, "node") ? [api("", "nodes", ["list", "watch"])] : []),
    ...(isTrue(metadata, "namespace") ? [api("", "namespaces", ["list", "watch"])] : []),
  ];
}

/** One object, by its name where that is known before Alloy runs. */
function objectOf(resource: string, body: BodySyntax): ApiRequirement {
  return api("", resource, ["get"], {
    namespaces: literals(body, "namespace"),
    resourceNames: literals(body, "name"),
  });
}

function api(
  apiGroup: string,
  resource: string,
  verbs: readonly string[],
  {
    namespaces,
    resourceNames,
  }: { [key in "namespaces" | "resourceNames"]?: readonly string[] | undefined } = {},
): ApiRequirement {
  return {
    kind: "api",
    apiGroup,
    resource,
    verbs,
    namespaces,
    resourceNames,
  };
}

/** The strings of an attribute, where all of them are known before Alloy runs and there are any. */
function literals(body: BodySyntax, name: string): readonly string[] | undefined {
  const value = argument(body, name);
  const items = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
  const known = items.flatMap((item) =>
    item.kind === "literal" && typeof item.value === "string" ? [item.value] : [],
  );
  return known.length === items.length && known.length > 0 ? known : undefined;
}

function isTrue(body: BodySyntax | undefined, name: string): boolean {
  return body !== undefined && literal(body, name) === true;
}

function literal(body: BodySyntax, name: string): string | number | boolean | null | undefined {
  const value = argument(body, name);
  return value?.kind === "literal" ? value.value : undefined;
}

function argument(body: BodySyntax, name: string): Syntax | undefined {
  return body.attributes.find((attribute) => attribute.name === name)?.value;
}

function blockIn(body: BodySyntax, name: string): BodySyntax | undefined {
  return body.blocks.find((block) => block.name === name)?.body;
}
