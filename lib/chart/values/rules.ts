import { nearest } from "../../alloy";
import {
  alternatives,
  formatKey,
  hasValue,
  isRecord,
  type PlainSettings,
  sectionOf,
  valueAt,
} from "../../schema";
import { goMemoryShare } from "../render/names";
import { type Item, itemsOf, namedPorts, takenPorts, type Values } from "./ports";
import { networkSysctls, secretsInValues } from "./security";
import type { Tell } from "./shape";

/** What the chart itself has in the pod, whatever its values. */
const chartsOwn = {
  containers: ["alloy", "config-reloader"],
  variables: ["ALLOY_DEPLOY_MODE", "HOSTNAME", "K8S_NODE_NAME"],
};

/** Reports what has no effect beside other values or settings, or can't be beside them. */
export function checkTogether(
  settings: PlainSettings,
  chartValues: PlainSettings,
  tell: Tell,
  isWrong: Values["isWrong"],
): void {
  const at = (key: string) => valueAt(chartValues, key.split("."));
  const items = (key: string) => itemsOf(at(key), key.split("."));
  for (const rule of rules) rule({ settings, chartValues, at, items, tell, isWrong });
}

const rules: readonly ((values: Values) => void)[] = [
  secretsInValues,
  redundantValues,
  valuesOfWhatIsOff,
  unreachableService,
  unknownVolumes,
  unusedVolumes,
  doubledAgents,
  unknownContainers,
  takenNames,
  takenPorts,
  privilegedMounts,
  namedPorts,
  networkSysctls,
];

/** The settings of `images`, and the chart values that say the same. */
const imageValues: readonly (readonly [setting: string, values: readonly string[]])[] = [
  ["registry", ["global.image.registry", "image.registry", "configReloader.image.registry"]],
  ["pull_secrets", ["global.image.pullSecrets", "image.pullSecrets"]],
  ["agent", ["image.tag", "image.digest"]],
  ["reloader", ["configReloader.image.tag", "configReloader.image.digest"]],
];

/** Values that another value or a setting overrides. */
function redundantValues({ settings, at, tell }: Values): void {
  if (hasValue(settings, ["max_unavailable"]) && at("controller.updateStrategy") !== undefined) {
    tell(["controller", "updateStrategy"], "says what max_unavailable says; keep one of the two");
  }
  for (const [name, values] of imageValues) {
    const key = ["images", name];
    for (const value of isGiven(valueAt(settings, key)) ? values : []) {
      if (at(value) !== undefined) {
        tell(value.split("."), `${formatKey(key)} says it already; leave one of the two out`);
      }
    }
  }
  const pairs = [
    ["global.image.registry", "image.registry"],
    ["global.image.registry", "configReloader.image.registry"],
    ["global.image.pullSecrets", "image.pullSecrets"],
    ["global.image.pullPolicy", "image.pullPolicy"],
    ["global.image.pullPolicy", "configReloader.image.pullPolicy"],
    ["image.digest", "image.tag"],
    ["configReloader.image.digest", "configReloader.image.tag"],
  ] as const;
  for (const [first, second] of pairs) {
    if (isGiven(at(first)) && isGiven(at(second))) {
      tell(second.split("."), `has no effect beside ${first}; keep one of the two`);
    }
  }
}

/** Values of a feature that is not enabled. */
function valuesOfWhatIsOff({ at, tell }: Values): void {
  for (const name of ["additionalLabels", "interval", "metricRelabelings", "relabelings"]) {
    if (isGiven(at(`serviceMonitor.${name}`)) && at("serviceMonitor.enabled") !== true) {
      tell(["serviceMonitor", name], "has no effect without serviceMonitor.enabled; write that too");
    }
  }
  for (const name of ["image", "resources", "securityContext"]) {
    if (at(`configReloader.${name}`) !== undefined && at("configReloader.enabled") === false) {
      tell(["configReloader", name], "has no effect, since configReloader.enabled is false; remove one");
    }
  }
  const type = at("service.type") ?? "ClusterIP";
  const balanced = type === "LoadBalancer";
  if (at("service.nodePort") !== undefined && type !== "NodePort") {
    tell(["service", "nodePort"], "has no effect without type: NodePort; write that too");
  }
  if (at("service.externalTrafficPolicy") !== undefined && type !== "NodePort" && !balanced) {
    tell(["service", "externalTrafficPolicy"], "has no effect without type NodePort or LoadBalancer");
  }
  if (at("service.clusterIP") === "None" && type !== "ClusterIP") {
    tell(["service", "clusterIP"], `can't be None with type ${type}; leave one of the two out`);
  }
}

/** A Service or ServiceMonitor that leads to the UI's port, where nothing may connect to it. */
function unreachableService({ settings, at, tell }: Values): void {
  const isOpen =
    sectionOf(settings, "ui").expose === true ||
    (settings.host_network !== true && settings.network_policy === false);
  const type = at("service.type");
  if (!isOpen && (type === "NodePort" || type === "LoadBalancer")) {
    tell(["service", "type"], "leads to a port that is closed; write `ui.expose: true` at the top level too");
  }
  // Without the node's network a ServiceMonitor opens the port by itself.
  if (at("serviceMonitor.enabled") === true && settings.host_network === true && !isOpen) {
    tell(
      ["serviceMonitor", "enabled"],
      "has no effect with host_network, where the port is closed; write `ui.expose: true` at the top level too",
    );
  }
}

/**
 * A new agent beside the one that it replaces. Of a port of the node there is one, for which it waits. And while another has
 * the folder of queues, exporters end at their start, and never start again, though Alloy calls itself ready (run: v1.18.1).
 */
function doubledAgents({ settings, at, items, tell }: Values): void {
  const key = ["controller", "updateStrategy", "rollingUpdate", "maxSurge"];
  const surge = at(key.join("."));
  if (surge === undefined || surge === null || surge === 0 || surge === "0%") return;
  const ports =
    settings.host_network === true || items("alloy.extraPorts").some(({ map }) => isGiven(map.hostPort));
  const isKept = sectionOf(settings, "storage").path !== "none";
  const has = [...(ports ? ["the node's ports"] : []), ...(isKept ? ["its queues on the node"] : [])];
  if (has.length === 0) return;
  tell(
    key,
    `starts an agent beside the old one, which has ${has.join(" and ")}, so that the new one doesn't work; write maxUnavailable instead`,
  );
}

/** Resources of a container that the pod doesn't have, for which the kubelet starts no container. */
function unknownContainers({ at, items, tell }: Values): void {
  const others = [...items("controller.initContainers"), ...items("controller.extraContainers")];
  const known = [...chartsOwn.containers, ...others.map(({ map }) => map.name)];
  const variables = [
    ...items("alloy.extraEnv"),
    ...others.flatMap(({ key, map }) => itemsOf(map.env, [...key, "env"])),
  ];
  const names =
    at("configReloader.enabled") === false ? known.filter((name) => name !== chartsOwn.containers[1]) : known;
  for (const { key, map } of variables) {
    const place = ["valueFrom", "resourceFieldRef", "containerName"];
    const name = valueAt(map, place);
    if (isGiven(name) && !names.includes(name)) {
      tell(
        [...key, ...place],
        `is no container of the pod: ${name}; write ${alternatives(names.map(String))}, or leave it out`,
      );
    }
  }
}

/** Mounts of volumes that chart values don't define. */
function unknownVolumes(values: Values): void {
  if (!isKnown(values, "controller.volumes.extra")) return;
  const known = namesOfVolumes(values);
  for (const { key, map } of allMounts(values)) {
    if (known.includes(map.name)) continue;
    const meant = nearest(
      String(map.name),
      known.filter((name) => typeof name === "string"),
    );
    const advice =
      meant === undefined ? "add it there under a name of its own" : `write ${meant}, or add it there`;
    values.tell([...key, "name"], `is no volume of controller.volumes.extra: ${map.name}; ${advice}`);
  }
}

function unusedVolumes(values: Values): void {
  const mounting = ["alloy.mounts.extra", "controller.initContainers", "controller.extraContainers"];
  if (!mounting.every((list) => isKnown(values, list))) return;
  const used = allMounts(values).map(({ map }) => map.name);
  const known = namesOfVolumes(values);
  // A mount of what is no volume may be meant to be of one that has none.
  if (used.some((name) => !known.includes(name))) return;
  for (const { key, map } of values.items("controller.volumes.extra")) {
    if (!used.includes(map.name)) {
      values.tell(key, `is mounted nowhere: ${map.name}; mount it by alloy.mounts.extra, or remove it`);
    }
  }
}

function namesOfVolumes({ items }: Values): readonly unknown[] {
  return items("controller.volumes.extra").map(({ map }) => map.name);
}

/** Whether all names in a list are known: nothing is wrong with them, with the list or with what it stands in. */
function isKnown({ at, isWrong }: Values, list: string): boolean {
  const key = list.split(".");
  const sections = key.map((_, index) => at(key.slice(0, index + 1).join(".")));
  const values = sections.filter((value) => value !== undefined);
  const isRightKind = values.every((value, index) =>
    index === key.length - 1 ? Array.isArray(value) : isRecord(value),
  );
  return isRightKind && !isWrong(key);
}

/** What Go reads at its start: it doesn't start with another memory limit, and passes over others of the rest. */
const goVariables: Readonly<Record<string, { readonly pattern: RegExp; readonly write: string }>> = {
  GOMEMLIMIT: { pattern: /^(off|\d+(B|[KMGT]iB)?)$/, write: "bytes, such as 900MiB, or off" },
  GOGC: { pattern: /^(off|\d+)$/, write: "a percentage, such as 100, or off" },
  GOMAXPROCS: { pattern: /^[1-9]\d*$/, write: "how many processors, such as 2" },
};

/** Names of variables and containers that are taken. */
function takenNames({ items, tell }: Values): void {
  for (const { key, map } of items("alloy.extraEnv")) {
    if (chartsOwn.variables.includes(String(map.name))) {
      tell([...key, "name"], `the agent has a variable of that name already: ${map.name}; leave it out`);
    }
    if (map.name === "AUTOMEMLIMIT") {
      tell(
        [...key, "name"],
        `AUTOMEMLIMIT has no effect, as the node's /sys hides the container's limit; write GOMEMLIMIT, or leave it out for ${goMemoryShare * 100} % of the limit`,
      );
    }
  }
  for (const { key, map } of items("alloy.extraEnv")) {
    const form = Object.hasOwn(goVariables, String(map.name)) ? goVariables[String(map.name)] : undefined;
    if (form !== undefined && map.valueFrom === undefined && !form.pattern.test(String(map.value ?? ""))) {
      tell([...key, "value"], `is not what Go takes for ${map.name}; write ${form.write}`);
    }
  }
  const seen = new Set<unknown>(chartsOwn.containers);
  for (const { key, map } of [
    ...items("controller.initContainers"),
    ...items("controller.extraContainers"),
  ]) {
    if (seen.has(map.name)) {
      tell([...key, "name"], `there is a container of that name already: ${map.name}; write another`);
    }
    seen.add(map.name);
  }
}

/** Bidirectional mounts, which Kubernetes allows in privileged containers alone. */
function privilegedMounts(values: Values): void {
  for (const { key, map, privileged } of allMounts(values)) {
    if (map.mountPropagation === "Bidirectional" && !privileged) {
      values.tell(
        [...key, "mountPropagation"],
        "is for privileged containers alone; write HostToContainer, or securityContext.privileged",
      );
    }
  }
}

/** The mounts of all containers that an environment gives, and whether their containers are privileged. */
function allMounts({ at, items }: Values): readonly (Item & { readonly privileged: boolean })[] {
  const isPrivileged = (context: unknown) => isRecord(context) && context.privileged === true;
  const ofAgent = items("alloy.mounts.extra").map((item) => ({
    ...item,
    privileged: isPrivileged(at("alloy.securityContext")),
  }));
  const others = [...items("controller.initContainers"), ...items("controller.extraContainers")];
  return [
    ...ofAgent,
    ...others.flatMap(({ key, map }) =>
      itemsOf(map.volumeMounts, [...key, "volumeMounts"]).map((item) => ({
        ...item,
        privileged: isPrivileged(map.securityContext),
      })),
    ),
  ];
}

/** Whether it says something that the chart hasn't by itself. */
function isGiven(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}
