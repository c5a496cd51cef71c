import type { ComponentDefinition } from "./component";
import type { ApiRequirement, Requirement, StabilityRequirement } from "./requirement";
import { experimentalFunctions } from "./standard-library";
import { type BlockSyntax, type BodySyntax, type Syntax, walkBody } from "./syntax";
import { versionsOf } from "./versions";

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
    callsExperimental ||= value.kind === "call" && experimentalFunctions.has(value.function);
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
    ...(namespaces && { namespaces }),
    ...(resourceNames && { resourceNames }),
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
