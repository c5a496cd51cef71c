import {
  agentContainer,
  isJsonMap,
  type JsonMap,
  type Manifest,
  mapAt,
  mapsAt,
  textsAt,
} from "../../../lib/chart";
import type { PodTemplate } from "../../../lib/workload";

/** The agent of an environment, as its manifests have it. */
export interface Agent {
  /** The DaemonSet. */
  readonly workload: Manifest;
  readonly pod: PodTemplate;
  /** Alloy's configuration. @default - none that the manifests hold */
  readonly config?: AgentConfig | undefined;
  /** Where Alloy keeps its data, in its container. */
  readonly storagePath: string;
  /** The node's folder that {@link storagePath} is. @default - it is the pod's own, and goes with it */
  readonly storageOnNode?: string | undefined;
}

/** A configuration, and how it comes into the pod. */
export interface AgentConfig {
  readonly text: string;
  /** The ConfigMap's name. */
  readonly configMap: string;
  readonly key: string;
  /** The folder of the container in which the ConfigMap's keys are files. */
  readonly folder: string;
  /** The volume that brings it. */
  readonly volume: string;
}

/** The default of `--storage.path`, below Alloy's working directory. Source: `alloy run --help` of v1.18.1, run. */
const alloysStoragePath = "data-alloy/";

/** Finds the agent among an environment's objects. */
export function agentIn(manifests: readonly Manifest[]): Agent | undefined {
  for (const workload of manifests) {
    const template = mapAt(mapAt(workload.content, "spec"), "template");
    const [spec, metadata] = [mapAt(template, "spec"), mapAt(template, "metadata")];
    const container = mapsAt(spec, "containers").find(({ name }) => name === agentContainer);
    if (container === undefined) continue;
    const args = textsAt(container, "args");
    const storagePath = flagValue(args, "--storage.path") ?? alloysStoragePath;
    return {
      workload,
      pod: { spec, annotations: mapAt(metadata, "annotations"), labels: mapAt(metadata, "labels") },
      storagePath,
      config: configOf(args, container, spec, manifests, workload),
      storageOnNode: onNode(storagePath, container, spec),
    };
  }
  return undefined;
}

/** The value of a flag that is given as `--flag=value`. */
export function flagValue(args: readonly string[], flag: string): string | undefined {
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/** The mount that a path of a container is below, and its volume. */
function mountOf(path: string, container: JsonMap, spec: JsonMap) {
  const [mount] = mapsAt(container, "volumeMounts")
    .filter(
      ({ mountPath }) => path === mountPath || path.startsWith(`${String(mountPath).replace(/\/$/, "")}/`),
    )
    .toSorted((a, b) => String(b.mountPath).length - String(a.mountPath).length);
  const volume = mapsAt(spec, "volumes").find(({ name }) => name === mount?.name);
  return mount === undefined || volume === undefined ? undefined : { mount, volume };
}

function onNode(path: string, container: JsonMap, spec: JsonMap): string | undefined {
  const found = mountOf(path, container, spec);
  const folder = mapAt(found?.volume ?? {}, "hostPath").path;
  if (found === undefined || typeof folder !== "string") return undefined;
  return folder + path.slice(String(found.mount.mountPath).length);
}

function configOf(
  args: readonly string[],
  container: JsonMap,
  spec: JsonMap,
  manifests: readonly Manifest[],
  workload: Manifest,
): AgentConfig | undefined {
  const path = args.find((arg) => arg.startsWith("/")) ?? "";
  const found = mountOf(path, container, spec);
  if (found === undefined) return undefined;
  const configMap = mapAt(found.volume, "configMap").name;
  const folder = String(found.mount.mountPath);
  const key = path.slice(folder.length).replace(/^\//, "");
  const object = manifests.find(
    ({ kind, name, namespace }) =>
      kind === "ConfigMap" && name === configMap && namespace === workload.namespace,
  );
  const data = object?.content.data;
  const text = isJsonMap(data) ? data[key] : undefined;
  if (typeof text !== "string" || typeof configMap !== "string") return undefined;
  return { text, configMap, key, folder, volume: String(found.volume.name) };
}
