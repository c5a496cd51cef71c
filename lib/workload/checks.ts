import { copyMap, isJsonMap, type JsonMap, jsonAt, usualUiPort } from "../chart";
import { isAtOrBelow, normalizedPath, portOf } from "../schema";
import type { PodGrants } from "./grants/pod-grants";
import { requiredOf } from "./grants/required";
import { unreadSecrets } from "./manifests/secrets";
import { namedVersionMistakes } from "./pod/images";
import { portMistakes } from "./pod/listening";
import type { OwnVolume } from "./pod/privileges";
import type { AlloyWorkloadProps, PropMistake, PropPath } from "./props/props";

/** What the workload adds to the pod, beside which chart values may not add the same. */
export interface OwnedNames {
  readonly variables: readonly string[];
  readonly volumes: readonly string[];
  readonly mountPaths: readonly string[];
}

/** What the chart itself has in the pod, whatever its values. */
const chartsOwn = {
  volumes: ["config", "varlog", "dockercontainers"],
  mountPaths: ["/etc/alloy"],
  // What the image has, and would not find any more.
  folders: ["/bin", "/etc", "/lib", "/lib64", "/sbin", "/usr"],
};

/**
 * What is wrong with props beside what components require: it takes no render of the chart to say so.
 *
 * @param own volumes that no component asks for
 */
export function propMistakes(
  props: AlloyWorkloadProps,
  grants: PodGrants,
  own: readonly OwnVolume[],
): readonly PropMistake[] {
  const volumes = [...grants.volumes, ...grants.secrets];
  const mounts = [...volumes.flatMap((granted) => granted.mounts), ...own.map(({ mount }) => mount)];
  return [
    ...takenNames(copyMap(props.chartValues ?? {}), {
      variables: grants.variables.map(({ name }) => name),
      volumes: [...volumes, ...own].map(({ volume }) => volume.name),
      mountPaths: mounts.map(({ mountPath }) => mountPath),
    }),
    ...namedVersionMistakes(props, grants.stability.level),
    ...unreadSecrets(props),
    ...takenPorts(props),
    ...portMistakes(props.requirements, props.uiPort === undefined ? usualUiPort : undefined),
  ];
}

/** Chart values that collide with what the workload adds to the pod. */
export function takenNames(values: JsonMap, owned: OwnedNames): readonly PropMistake[] {
  return [
    ...takenIn(values, ["alloy", "extraEnv"], "variable", owned.variables),
    ...takenIn(values, ["controller", "volumes", "extra"], "volume", [
      ...chartsOwn.volumes,
      ...owned.volumes,
    ]),
    ...hiddenPaths(values, [...chartsOwn.mountPaths, ...owned.mountPaths]),
  ];
}

function takenIn(
  values: JsonMap,
  key: readonly string[],
  what: string,
  taken: readonly string[],
): readonly PropMistake[] {
  return itemsAt(values, key).flatMap(({ path, item: { name } }) =>
    typeof name === "string" && taken.includes(name)
      ? [
          {
            path: [...path, "name"],
            message: `the agent has a ${what} of that name already: ${name}; leave it out or choose another`,
          },
        ]
      : [],
  );
}

/**
 * Mounts that hide what the agent has, or stand in it: the kubelet can make no folder in most of it. Below `/sys` there
 * are folders to mount at.
 */
function hiddenPaths(values: JsonMap, mountPaths: readonly string[]): readonly PropMistake[] {
  return itemsAt(values, ["alloy", "mounts", "extra"]).flatMap(({ path, item: { mountPath } }) => {
    if (typeof mountPath !== "string") return [];
    const place = normalizedPath(mountPath);
    const hidden =
      mountPaths.find((own) => isAtOrBelow(own, place) || (own !== "/sys" && isAtOrBelow(place, own))) ??
      chartsOwn.folders.find((own) => isAtOrBelow(own, place));
    return hidden === undefined
      ? []
      : [
          {
            path: [...path, "mountPath"],
            message: `collides with ${hidden}, which the agent's container has already; write another path than ${mountPath}`,
          },
        ];
  });
}

/** The maps in a list of chart values, each with its path; none where there is no list. */
function itemsAt(
  values: Readonly<JsonMap>,
  key: readonly string[],
  parent: PropPath = ["chartValues"],
): readonly { readonly path: PropPath; readonly item: JsonMap }[] {
  const list = jsonAt(values, key);
  return Array.isArray(list)
    ? list.flatMap((item, index) => (isJsonMap(item) ? [{ path: [...parent, ...key, index], item }] : []))
    : [];
}

/**
 * Whatever listens on a port of the pod's network, or the node's, where a component does: whoever is first has the port,
 * and the other doesn't work.
 */
export function takenPorts(props: AlloyWorkloadProps): readonly PropMistake[] {
  const { requirements, uiPort, reloaderAddress = "", chartValues = {} } = props;
  const listening = [...requiredOf(requirements, "port"), ...requiredOf(requirements, "loopbackPort")];
  const components = new Map(
    listening.map(({ component, requirement }) => [requirement.port, component] as const),
  );
  const wanted: readonly (readonly [path: PropPath, port: unknown])[] = [
    [["uiPort"], uiPort],
    [["reloaderAddress"], portOf(reloaderAddress)],
    ...portsOf(copyMap(chartValues)),
  ];
  return wanted.flatMap(([path, port]) => {
    const component = components.get(Number(port));
    return component === undefined
      ? []
      : [{ path, message: `is port ${port}, on which ${component} listens; write another` }];
  });
}

/** The ports that chart values open in the pod. */
function portsOf(values: JsonMap): readonly (readonly [path: PropPath, port: unknown])[] {
  return [
    ...itemsAt(values, ["alloy", "extraPorts"]).map(
      ({ path, item }) => [[...path, "targetPort"], item.targetPort] as const,
    ),
    ...itemsAt(values, ["controller", "extraContainers"]).flatMap(({ path, item }) =>
      itemsAt(item, ["ports"], path).map(
        (port) => [[...port.path, "containerPort"], port.item.containerPort] as const,
      ),
    ),
  ];
}
