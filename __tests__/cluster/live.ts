import type { ApiServer } from "../engines/api-server";

/** An object as the API server tells of it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** Makes the namespace that manifests live in, where they leave it to others (`create_namespace: false`). */
export async function makeOthersNamespace(
  server: ApiServer,
  manifests: readonly LiveObject[],
): Promise<void> {
  const namespace = manifests.find(({ kind }) => kind === "DaemonSet")?.metadata.namespace;
  if (namespace !== undefined && !manifests.some(({ kind }) => kind === "Namespace")) {
    await server.succeed(["create", "namespace", namespace]);
  }
}

/** The live objects that manifests name, without what the server writes about an object itself. */
export async function live(server: ApiServer, ...files: readonly string[]): Promise<readonly LiveObject[]> {
  const named = files.flatMap((file) => ["--filename", file]);
  const read = JSON.parse(await server.succeed(["get", ...named, "--output", "json"]));
  const objects: readonly LiveObject[] = read.kind === "List" ? read.items : [read];
  return objects.map(({ status: _, spec, ...object }) => ({
    ...object,
    ...(isMap(spec) && { spec: withoutAddresses(spec) }),
    metadata: withoutServersOwn(object.metadata),
  }));
}

/** Every field that `meant` has and `is` has not, or has otherwise: nothing where all that was meant is there. */
export function lost(meant: unknown, is: unknown, path = ""): readonly string[] {
  if (Array.isArray(meant) && Array.isArray(is) && meant.length === is.length) {
    return meant.flatMap((item, index) => lost(item, is[index], `${path}[${index}]`));
  }
  if (isMap(meant) && isMap(is)) {
    return Object.entries(meant).flatMap(([key, value]) => lost(value, is[key], `${path}.${key}`));
  }
  return Object.is(meant, is) ? [] : [`${path}: ${JSON.stringify(meant)} is ${JSON.stringify(is)}`];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A Service has each time another address, unless it is to have none. */
function withoutAddresses(spec: Readonly<Record<string, unknown>>): object {
  const { clusterIP, clusterIPs: _, ...others } = spec;
  return clusterIP === "None" ? { clusterIP, ...others } : others;
}

const serversOwn = ["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"];
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function withoutServersOwn(metadata: LiveObject["metadata"]): LiveObject["metadata"] {
  const kept = Object.entries(metadata).filter(([key]) => !serversOwn.includes(key));
  const {
    annotations,
    ...rest
  }: LiveObject["metadata"] & { annotations?: Readonly<Record<string, string>> } = Object.assign(
    { name: metadata.name },
    Object.fromEntries(kept),
  );
  const { [lastApplied]: _, ...others } = annotations ?? {};
  return Object.keys(others).length === 0 ? rest : Object.assign(rest, { annotations: others });
}
