import type { Construct } from "constructs";
import {
  agentContainer,
  type ChartValues,
  copyJson,
  copyMap,
  imageValueErrors,
  isJsonMap,
  type Json,
  type JsonMap,
  jsonAt,
  manifestOf,
  type Part,
  reloaderContainer,
  type Touch,
  touches,
} from "../chart";
import {
  isAtOrBelow,
  isRecord,
  portOf,
  SettingError,
  type SettingKey,
  shortestPath,
  valueAt,
} from "../schema";
import type { AlloyWorkloadProps } from "./alloy-workload";
import type { PodGrants } from "./grants/pod-grants";
import { requiredOf } from "./grants/required";
import { unreadSecretErrors } from "./manifests/secrets";
import type { OwnVolume } from "./pod/agent-pod";
import type { HelmRender } from "./pod/helm-render";
import { agentVersionErrors } from "./pod/images";
import { mapAt, mapsAt } from "./pod/pod-security-levels";
import { RenderedObject } from "./pod/rendered-object";

type Key = readonly (string | number)[];

/** What the workload adds to the pod, beside which the chart's own places for such things may not add the same. */
export interface OwnedNames {
  readonly volumes: readonly string[];
  readonly mountPaths: readonly string[];
}

/** What the chart itself has in the pod, whatever its values. */
const chartsOwn = {
  volumes: ["config", "varlog", "dockercontainers"],
  mountPaths: ["/etc/alloy"],
  // What the image has, and would not find any more.
  folders: ["/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr"],
  // By them the agent knows its node.
  variables: ["ALLOY_DEPLOY_MODE", "HOSTNAME", "K8S_NODE_NAME"],
};

/** Every chart value that collides with what the workload adds. */
export function ownedValueErrors(values: ChartValues, owned: OwnedNames): readonly SettingError[] {
  const map = copyMap(values);
  const volumes = [...chartsOwn.volumes, ...owned.volumes];
  const mountPaths = [...chartsOwn.mountPaths, ...owned.mountPaths];
  return [
    ...taken(map, ["controller", "volumes", "extra"], "name", volumes, "a volume of that name"),
    ...hiddenPaths(map, mountPaths),
    ...taken(map, ["alloy", "extraEnv"], "name", chartsOwn.variables, "a variable of that name"),
  ];
}

/** The path of the first value, where a mistake is shown that all of them make together. */
export function firstKey(values: ChartValues): readonly string[] {
  const [key, value] = Object.entries(copyMap(values))[0] ?? [];
  if (key === undefined) {
    return [];
  }
  return [key, ...(isJsonMap(value) ? firstKey(value) : [])];
}

/** An error for each item of a list that has one of the taken names. */
function taken(
  map: JsonMap,
  listKey: readonly string[],
  property: string,
  names: readonly string[],
  what: string,
): readonly SettingError[] {
  return itemsAt(map, listKey).flatMap(({ key, value: { [property]: name } }) =>
    typeof name === "string" && names.includes(name)
      ? [
          new SettingError(
            [...key, property],
            `the agent has ${what} already: ${name}; leave it out or choose another`,
          ),
        ]
      : [],
  );
}

/**
 * An error for each mount that hides what the agent has, or stands in it: the kubelet can make no folder in most of it.
 * Below `/sys` there are folders to mount at.
 */
function hiddenPaths(map: JsonMap, mountPaths: readonly string[]): readonly SettingError[] {
  return itemsAt(map, ["alloy", "mounts", "extra"]).flatMap(({ key, value: { mountPath } }) => {
    if (typeof mountPath !== "string") return [];
    const path = shortestPath(mountPath);
    const hidden =
      mountPaths.find((own) => isAtOrBelow(own, path) || (own !== "/sys" && isAtOrBelow(path, own))) ??
      chartsOwn.folders.find((own) => isAtOrBelow(own, path));
    return hidden === undefined
      ? []
      : [
          new SettingError(
            [...key, "mountPath"],
            `collides with ${hidden}, which the agent's container has already; write another path than ${mountPath}`,
          ),
        ];
  });
}

/** The maps in a list, each with its key; none where there is no list. */
export function itemsAt(
  map: Readonly<JsonMap>,
  key: readonly string[],
): readonly { readonly key: Key; readonly value: JsonMap }[] {
  const list = jsonAt(map, key);
  return Array.isArray(list)
    ? list.flatMap((value, index) => (isJsonMap(value) ? [{ key: [...key, index], value }] : []))
    : [];
}

/**
 * Puts chart values that touch one place each in their place, as the chart would: maps go over what is there, lists of
 * more behind it, and null takes away what is there.
 */
export function placeValues(render: HelmRender, chartValues: ChartValues): void {
  for (const touch of touches) {
    const value = valueAt(chartValues, touch.value);
    if (value === undefined) continue;
    for (const part of partsOf(render, touch.part)) {
      if (part instanceof RenderedObject && touch.path[0] === "metadata") mark(part, touch, value);
      else place(part instanceof RenderedObject ? part.content : part, touch.path, copyJson(value), touch);
    }
  }
}

/** The objects of an environment's own, in the agent's namespace. */
export function addExtraObjects(scope: Construct, { extraObjects }: ChartValues, namespace: string): void {
  const objects: readonly unknown[] = Array.isArray(extraObjects) ? extraObjects : [];
  for (const [index, object] of objects.entries()) {
    const content = copyJson(object);
    if (isJsonMap(content)) {
      new RenderedObject(scope, `extraObjects[${index}]`, manifestOf(content, "extraObjects"), namespace);
    }
  }
}

/** The parts of a kind: none where the chart renders none. */
function partsOf(render: HelmRender, part: Part): readonly (RenderedObject | JsonMap)[] {
  const ofKind = (kind: string) => render.objects.filter((object) => object.kind === kind);
  if (part === "service") return ofKind("Service").slice(0, 1);
  if (part === "serviceAccount") return ofKind("ServiceAccount").slice(0, 1);
  const { object } = render.daemonSet();
  if (part === "daemonSet") return [object];
  const template = mapAt(mapAt(object.content, "spec"), "template");
  if (part === "template") return [template];
  const name = part === "agent" ? agentContainer : reloaderContainer;
  return mapsAt(mapAt(template, "spec"), "containers").filter((container) => container.name === name);
}

/** Adds labels or annotations to an object. */
function mark({ metadata }: RenderedObject, { path }: Touch, value: unknown): void {
  for (const [name, text] of Object.entries(isRecord(value) ? value : {})) {
    if (path[1] === "labels") metadata.addLabel(name, String(text));
    else metadata.addAnnotation(name, String(text));
  }
}

function place(map: JsonMap, [first = "", ...rest]: readonly string[], value: Json, touch: Touch): void {
  const there = map[first];
  if (rest.length > 0) {
    const inner = isJsonMap(there) ? there : {};
    place(inner, rest, value, touch);
    if (Object.keys(inner).length > 0) map[first] = inner;
  } else if (value === null) {
    if (touch.append === undefined) delete map[first];
  } else if (touch.append && Array.isArray(value)) {
    if (value.length > 0) map[first] = [...(Array.isArray(there) ? there : []), ...value];
  } else if (isJsonMap(value) && isJsonMap(there)) {
    for (const [key, entry] of Object.entries(value)) place(there, [key], entry, touch);
  } else if (!isEmpty(value)) {
    map[first] = value;
  }
}

/** What the chart passes over. */
function isEmpty(value: Json): boolean {
  return (
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isJsonMap(value) && Object.keys(value).length === 0)
  );
}

/**
 * An error for each setting and chart value that has something listen on a port of the pod's network, or the node's, where
 * a component does. Whoever is first has the port, and the other doesn't work.
 */
export function takenPortErrors({
  requirements,
  uiPort,
  reloaderAddress,
  chartValues = {},
}: AlloyWorkloadProps): readonly SettingError[] {
  const components = new Map(
    requiredOf(requirements, "loopbackPort").map(({ component, requirement }) => [
      requirement.port,
      component,
    ]),
  );
  const wanted: readonly (readonly [key: SettingKey, port: unknown])[] = [
    [["ui", "port"], uiPort],
    [["reloader", "listen_address"], portOf(reloaderAddress ?? "")],
    ...portsOf(copyMap(chartValues)),
  ];
  return wanted.flatMap(([key, port]) => {
    const component = components.get(Number(port));
    return component === undefined
      ? []
      : [new SettingError(key, `is port ${port}, on which ${component} listens; write another`)];
  });
}

/** The ports that chart values open in the pod. */
function portsOf(values: JsonMap): readonly (readonly [key: SettingKey, port: unknown])[] {
  const containers = itemsAt(values, ["controller", "extraContainers"]);
  return [
    [["alloy", "listenPort"], jsonAt(values, ["alloy", "listenPort"])],
    ...itemsAt(values, ["alloy", "extraPorts"]).map(
      ({ key, value }) => [[...key, "targetPort"], value.targetPort] as const,
    ),
    ...containers.flatMap(({ key, value }) =>
      itemsAt(value, ["ports"]).map(
        (port) => [[...key, ...port.key, "containerPort"], port.value.containerPort] as const,
      ),
    ),
  ];
}

/**
 * Checks what an environment gives against what the workload adds by itself.
 *
 * @throws AggregateError of SettingErrors: all of them
 */
export function checkValues(props: AlloyWorkloadProps, grants: PodGrants, own: readonly OwnVolume[]): void {
  const { chartValues: values = {}, images, secrets = [], requirements } = props;
  const volumes = [...grants.volumes, ...grants.secrets];
  const mounts = [...volumes.flatMap((granted) => granted.mounts), ...own.map(({ mount }) => mount)];
  const owned = ownedValueErrors(values, {
    volumes: [...volumes, ...own].map(({ volume }) => volume.name),
    mountPaths: mounts.map(({ mountPath }) => mountPath),
  });
  const errors = [
    ...owned,
    ...(images === undefined ? [] : imageValueErrors(values, images)),
    ...agentVersionErrors(images, requirements, grants.stability.level),
    ...unreadSecretErrors(secrets, requirements),
    ...takenPortErrors(props),
  ];
  if (errors.length > 0) {
    throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
  }
}
