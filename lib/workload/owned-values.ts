import { SettingError } from "../environment/setting-key";
import { copyMap, isJsonMap, type Json, type JsonMap, valueAt } from "./chart/json";
import type { ChartValues } from "./chart-values";
import { agentNamespace } from "./names";

type Key = readonly (string | number)[];

/** Chart values that this project sets, and what to do instead of setting them. */
const ownedValues: readonly (readonly [key: readonly string[], instead: string])[] = [
  [["alloy", "configMap"], "Alloy's configuration is made from this file; leave it out"],
  [["alloy", "stabilityLevel"], "it follows from the components in use; leave it out"],
  [["alloy", "storagePath"], "write `storage.path` at the top level"],
  [["controller", "hostNetwork"], "write `host_network` at the top level"],
  [["controller", "dnsPolicy"], "it follows from `host_network`; leave it out"],
  [["namespaceOverride"], `the namespace is ${agentNamespace}; leave it out`],
  [["rbac"], "access to the API follows from the components in use; leave it out"],
];

/** Flags of `alloy run` that this project sets. */
const ownedFlags = ["--server.http.listen-addr", "--stability.level", "--storage.path"];

/** What the workload adds to the pod, beside which the chart's own places for such things may not add the same. */
export interface OwnedNames {
  readonly volumes: readonly string[];
  readonly mountPaths: readonly string[];
  readonly variables: readonly string[];
}

/** What the chart itself has in the pod, whatever its values. */
const chartsOwn = {
  volumes: ["config"],
  mountPaths: ["/etc/alloy"],
  // By it the agent knows its node.
  variables: ["HOSTNAME"],
};

/** Every chart value that is this project's to set, or collides with what it adds. */
export function ownedValueErrors(values: ChartValues, owned: OwnedNames): readonly SettingError[] {
  const map = copyMap(values);
  const controllerType = valueAt(map, ["controller", "type"]);
  const volumes = [...chartsOwn.volumes, ...owned.volumes];
  const mountPaths = [...chartsOwn.mountPaths, ...owned.mountPaths];
  const variables = [...chartsOwn.variables, ...owned.variables];
  return [
    ...ownedValues
      .filter(([key]) => valueAt(map, key) !== undefined)
      .map(([key, instead]) => new SettingError(key, `the chart value is not yours to set: ${instead}`)),
    ...(controllerType === undefined || controllerType === "daemonset"
      ? []
      : [
          new SettingError(
            ["controller", "type"],
            "the agent runs on every node; write `daemonset` or leave it out",
          ),
        ]),
    ...listAt(map, ["alloy", "extraArgs"])
      .filter(({ value }) =>
        ownedFlags.some((flag) => value === flag || String(value).startsWith(`${flag}=`)),
      )
      .map(
        ({ key, value }) =>
          new SettingError(key, `${String(value).split("=")[0]} is set already; leave it out`),
      ),
    ...taken(map, ["controller", "volumes", "extra"], "name", volumes, "a volume of that name"),
    ...taken(map, ["alloy", "mounts", "extra"], "mountPath", mountPaths, "something mounted there"),
    ...taken(map, ["alloy", "extraEnv"], "name", variables, "a variable of that name"),
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
  return listAt(map, listKey).flatMap(({ key, value }) => {
    const name = isJsonMap(value) ? value[property] : undefined;
    return typeof name === "string" && names.includes(name)
      ? [
          new SettingError(
            [...key, property],
            `the agent has ${what} already: ${name}; leave it out or choose another`,
          ),
        ]
      : [];
  });
}

/** The items of a list, each with its key; none where there is no list. */
function listAt(
  map: JsonMap,
  key: readonly string[],
): readonly { readonly key: Key; readonly value: Json }[] {
  const list = valueAt(map, key);
  return Array.isArray(list) ? list.map((value, index) => ({ key: [...key, index], value })) : [];
}
