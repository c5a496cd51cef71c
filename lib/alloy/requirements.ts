import type { ComponentDefinition } from "./component";
import type { ApiRequirement, Requirement, StabilityRequirement } from "./requirement";
import { experimentalFunctions } from "./standard-library";
import { type BlockSyntax, type BodySyntax, walkBody } from "./syntax";

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
  "loki.source.file": () => [storage],
  "loki.source.journal": () => [storage],
  "loki.source.podlogs": () => [storage],
  "loki.write": () => [storage],
  "otelcol.storage.file": () => [storage],
  "prometheus.remote_write": () => [storage],
  "prometheus.write.queue": () => [storage],
};

/** What a component needs of its surroundings, as its name and its arguments tell. */
export function requirementsOf(definition: ComponentDefinition, block: BlockSyntax): readonly Requirement[] {
  return [...stability(definition, block), ...(needs[definition.name]?.(block.body) ?? [])];
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
  const role = stringIn(body, "role");
  const watched = role === undefined ? undefined : discoveryRoles[role];
  if (watched === undefined) return [];
  const [apiGroup, resource] = watched;
  const namespaces = namespacesOf(body);
  const metadata = blockIn(body, "attach_metadata");
  return [
    api(apiGroup, resource, ["list", "watch"], namespaces),
    ...(isTrue(metadata, "node") ? [api("", "nodes", ["list", "watch"])] : []),
    ...(isTrue(metadata, "namespace") ? [api("", "namespaces", ["list", "watch"])] : []),
  ];
}

function api(
  apiGroup: string,
  resource: string,
  verbs: readonly string[],
  namespaces?: readonly string[],
): ApiRequirement {
  return { kind: "api", apiGroup, resource, verbs, ...(namespaces === undefined ? {} : { namespaces }) };
}

/** The namespaces that discovery is limited to, where they are known before Alloy runs. */
function namespacesOf(body: BodySyntax): readonly string[] | undefined {
  const names = blockIn(body, "namespaces")?.attributes.find(({ name }) => name === "names")?.value;
  if (names?.kind !== "list" || names.items.length === 0) return undefined;
  const literals = names.items.flatMap((item) =>
    item.kind === "literal" && typeof item.value === "string" ? [item.value] : [],
  );
  return literals.length === names.items.length ? literals : undefined;
}

function blockIn(body: BodySyntax, name: string): BodySyntax | undefined {
  return body.blocks.find((block) => block.name === name)?.body;
}

function stringIn(body: BodySyntax, name: string): string | undefined {
  const value = body.attributes.find((attribute) => attribute.name === name)?.value;
  return value?.kind === "literal" && typeof value.value === "string" ? value.value : undefined;
}

function isTrue(body: BodySyntax | undefined, name: string): boolean {
  const value = body?.attributes.find((attribute) => attribute.name === name)?.value;
  return value?.kind === "literal" && value.value === true;
}
