import { isAtOrBelow, shortestPath } from "../environment/node-path";
import { SettingError } from "../environment/setting-key";
import { copyMap, isJsonMap, type JsonMap, valueAt } from "./chart/json";
import type { ChartValues } from "./chart-values";

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
  const list = valueAt(map, key);
  return Array.isArray(list)
    ? list.flatMap((value, index) => (isJsonMap(value) ? [{ key: [...key, index], value }] : []))
    : [];
}
