import {
  formatKey,
  isRecord,
  type PlainSettings,
  portOf,
  type SettingKey,
  sectionOf,
  valueAt,
} from "../../schema";
import { uiPortName, usualUiPort } from "../render/names";
import type { Tell } from "./shape";

/** What chart values ask of each other and of this project's settings. */
export interface Values {
  readonly settings: PlainSettings;
  readonly chartValues: PlainSettings;
  readonly at: (key: string) => unknown;
  /** The items of a list, each with its key. */
  readonly items: (key: string) => readonly Item[];
  readonly tell: Tell;
  /** Whether a mistake is known of what a list names. */
  readonly isWrong: (list: SettingKey) => boolean;
}

/** A map in a list, and its key. */
export interface Item {
  readonly key: SettingKey;
  readonly map: PlainSettings;
}

/** The maps in a list, each with its key; none where there is no list. */
export function itemsOf(value: unknown, key: SettingKey): readonly Item[] {
  return (Array.isArray(value) ? value : []).flatMap((map, index) =>
    isRecord(map) ? [{ key: [...key, index], map }] : [],
  );
}

/** Ports that are used twice: in the pod, on its Service, or on the node. */
export function takenPorts(values: Values): void {
  const { settings, at, items, tell } = values;
  const uiPort = sectionOf(settings, "ui").port ?? usualUiPort;
  const onNode = settings.host_network === true;
  const extra = items("alloy.extraPorts");
  const seen = new Map<string, string>([[`TCP ${uiPort}`, "Alloy's UI"]]);
  const sidecar = sectionOf(settings, "reloader").listen_address;
  if (typeof sidecar === "string") seen.set(`TCP ${portOf(sidecar)}`, "reloader.listen_address");
  const hosts = new Set<string>();
  const take = (key: SettingKey, map: PlainSettings, field: string) => {
    const port = `${map.protocol ?? "TCP"} ${map[field]}`;
    const other = seen.get(port);
    if (other !== undefined) tell([...key, field], `is the port of ${other} too; write another`);
    seen.set(port, formatKey(key));
    const { hostPort } = map;
    const host = `${map.protocol ?? "TCP"} ${hostPort}`;
    if (hostPort !== undefined && onNode && hostPort !== map[field]) {
      tell(
        [...key, "hostPort"],
        `is another than ${field}, and with host_network they are one; leave it out`,
      );
    } else if (hostPort !== undefined && hosts.has(host)) {
      tell([...key, "hostPort"], `is there twice: ${hostPort}; write another`);
    }
    hosts.add(host);
  };
  const served = new Set<unknown>([usualUiPort, uiPort]);
  for (const { key, map } of extra) {
    take(key, map, "targetPort");
    if (served.has(map.port)) {
      tell([...key, "port"], `the Service has that port already: ${map.port}; write another`);
    }
    served.add(map.port);
    if (map.name === uiPortName) tell([...key, "name"], "is the UI's port; write another");
    if (map.nodePort !== undefined && at("service.type") !== "NodePort") {
      tell([...key, "nodePort"], "has no effect without service.type: NodePort; write that too");
    }
  }
  const names = new Set<unknown>([uiPortName, ...extra.map(({ map }) => map.name)]);
  for (const container of items("controller.extraContainers")) {
    for (const { key, map } of itemsOf(container.map.ports, [...container.key, "ports"])) {
      take(key, map, "containerPort");
      // kubectl warns of it: who selects a port by its name finds the first.
      if (map.name !== undefined && names.has(map.name)) {
        tell([...key, "name"], `is the name of another container's port: ${map.name}; write another`);
      }
      names.add(map.name);
    }
  }
}

/** Probes and hooks that name a port which their container doesn't have. */
export function namedPorts({ items, at, tell }: Values): void {
  const ofAgent = [uiPortName, ...items("alloy.extraPorts").map(({ map }) => map.name)];
  const look = (container: PlainSettings, key: SettingKey, names: readonly unknown[]) => {
    for (const handler of [
      ["livenessProbe"],
      ["readinessProbe"],
      ["startupProbe"],
      ["lifecycle", "postStart"],
      ["lifecycle", "preStop"],
    ]) {
      for (const action of ["httpGet", "tcpSocket"]) {
        const path = [...handler, action, "port"];
        const port = valueAt(container, path);
        if (typeof port === "string" && !names.includes(port)) {
          tell([...key, ...path], `is no port of its container: ${port}; write its number`);
        }
      }
    }
  };
  const agent = at("alloy");
  if (isRecord(agent)) look(agent, ["alloy"], ofAgent);
  for (const { key, map } of items("controller.extraContainers")) {
    look(
      map,
      key,
      itemsOf(map.ports, key).map((port) => port.map.name),
    );
  }
}
