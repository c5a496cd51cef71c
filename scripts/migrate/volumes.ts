import type { SettingKey } from "../../lib/schema";
import type { Draft } from "./draft";
import { leftOut, passOver } from "./rules";
import { itemsOf, printed, type Value, valueIn } from "./value";

const volumesKey = ["controller", "volumes", "extra"];
const mountsKey = ["alloy", "mounts", "extra"];

const mounted = "what components read of the node is mounted by itself";
const unread = "nothing reads it";

/** Paths of the node that today's agent mounts, and why no value says so any more. */
const known: Readonly<Record<string, string>> = {
  "/": mounted,
  "/proc": mounted,
  "/sys": mounted,
  "/ais": `${unread}: file systems below it are read through the node's root`,
  "/dev/disk": unread,
  "/var/lib/docker": unread,
  "/var/lib/containerd": unread,
  "/var/lib/containers": unread,
};

const socket = /^\/.*\/(docker|containerd|crio)\.sock$/;

/** The default socket of each runtime. */
const usual = /^(\/var)?\/run\/(docker\.sock|containerd\/containerd\.sock|crio\/crio\.sock)$/;

/** Adds what chart values say of volumes: those of today's agent follow from its components, others stay. */
export function translateVolumes(values: Value, draft: Draft): void {
  const volumes = valueIn(values, volumesKey);
  const mounts = valueIn(values, mountsKey);
  const kept = storage(values, draft);
  const dropped = new Set<string>();
  const others = itemsOf(volumes).filter((volume, index) => {
    const path = pathOf(volume);
    const name = nameOf(volume);
    const why = path === undefined ? undefined : whyNot(path, kept, volume, draft);
    if (why === undefined) return true;
    dropped.add(name);
    leftOut(why)(volume, [...volumesKey, index], draft);
    return false;
  });
  const otherMounts = itemsOf(mounts).filter((mount, index) => {
    if (!dropped.has(nameOf(mount))) return true;
    leftOut(`as volume ${nameOf(mount)} is`)(mount, [...mountsKey, index], draft);
    return false;
  });
  keep(volumes, volumesKey, others, draft);
  keep(mounts, mountsKey, otherMounts, draft);
}

function keep(list: Value | undefined, key: SettingKey, items: readonly Value[], draft: Draft): void {
  if (list === undefined || passOver(list, key, draft)) return;
  if (items.length > 0) draft.set(key, list, items);
}

function whyNot(path: string, kept: string | undefined, volume: Value, draft: Draft): string | undefined {
  if (path === kept) return "storage.path says it";
  const [, runtime] = socket.exec(path) ?? [];
  if (runtime === undefined) return known[path];
  if (draft.at(["container_runtime"]) === undefined) draft.set(["container_runtime"], volume, runtime);
  if (usual.test(path)) {
    return "container_runtime says where its socket is, which is found below the node's root";
  }
  draft.set(["runtime", "socket"], { ...volume, origin: volumesKey }, path);
  return "runtime.socket says it";
}

/** The agent's data, where it is kept on the node today. @returns the path of the node */
function storage(values: Value, draft: Draft): string | undefined {
  const key = ["alloy", "storagePath"];
  const value = valueIn(values, key);
  if (value === undefined || passOver(value, key, draft)) return undefined;
  const inContainer = printed(value.content);
  const mount = itemsOf(valueIn(values, mountsKey)).find(
    (one) => printed(valueIn(one, ["mountPath"])?.content ?? null) === inContainer,
  );
  const volume = itemsOf(valueIn(values, volumesKey)).find(
    (one) => mount !== undefined && nameOf(one) === nameOf(mount),
  );
  const path = volume && pathOf(volume);
  if (path === undefined) {
    draft.tell(
      value,
      key,
      "is left out: it is no path of the node; what the agent keeps is on the node, in storage.path",
    );
  } else {
    draft.set(["storage", "path"], { ...value, origin: key }, path);
  }
  return path;
}

function nameOf(item: Value): string {
  return printed(valueIn(item, ["name"])?.content ?? null);
}

function pathOf(volume: Value): string | undefined {
  const path = valueIn(volume, ["hostPath", "path"]);
  return path && printed(path.content);
}
