import { defaultNamespace } from "../agent-namespace";
import { isAtOrBelow, misspeltPath } from "../node-path";

/**
 * The folder of the node where the agent keeps its data by default: no other Alloy's, and of two agents of this project
 * each has its own, as each has its own namespace.
 */
export function defaultStoragePath(namespace: string): string {
  return `/var/lib/aistore-alloy/${namespace}`;
}

/** Folders of the system, of the container runtime, of Kubernetes and of AIStore, with all that is below. */
const closed = [
  "/ais",
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/rootfs",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/etcd",
  "/var/lib/kubelet",
  "/var/log",
  "/var/run",
  "/var/tmp",
];

const example = "/mnt/data/alloy";

/** Folders that others have their own in: one below them is ours. */
const shared = ["/home", "/media", "/mnt", "/opt", "/root", "/srv", "/var", "/var/lib"];

/**
 * The folder of the node for the agent's data.
 *
 * @param setting `storage.path`
 * @param namespace of the agent
 * @returns undefined for `none`: nothing is kept on the node
 */
export function keptOnNode(setting: unknown, namespace = defaultNamespace): string | undefined {
  if (setting === "none") return undefined;
  return typeof setting === "string" ? setting : defaultStoragePath(namespace);
}

/** What is wrong with a folder of the node for the agent's data, which is at the same path in its container. */
export function storagePathMistakes(path: string): readonly string[] {
  const misspelt = misspeltPath(path, example);
  if (misspelt !== undefined) return [misspelt];
  const folder = closed.find((one) => isAtOrBelow(path, one));
  if (folder !== undefined) {
    return [`is in ${folder}, which is not the agent's; write another folder, such as ${example}`];
  }
  return shared.includes(path) ? [`is shared with others; write a folder in it, such as ${path}/alloy`] : [];
}
