import { posix } from "node:path";
import { coalesce, concatStrings, constants, type HostPathRequirement, sys } from "../../alloy";
import type { ContainerRuntime, MountPropagation } from "../../environment";

/** The node that the agent runs on. The chart sets HOSTNAME from `spec.nodeName`. */
export const nodeName = coalesce(sys.env("HOSTNAME"), constants.hostname);

/** Selects the pods of this node: every agent of the DaemonSet watches its own. */
export const onThisNode = concatStrings("spec.nodeName=", nodeName);

/** The label by which what is measured on a node is joined: kube-state-metrics calls nodes by it too. */
export const nodeLabel = { targetLabel: "node", replacement: nodeName };

/** Where the node's root file system is in the container. */
export const rootfsPath = "/rootfs";

/** Where cAdvisor looks for CRI-O: nothing else can be said of it. */
const crioSocket = "/var/run/crio/crio.sock";

/**
 * What `prometheus.exporter.unix` reads of the node.
 *
 * @param propagation of mounts that the node makes later
 */
export function nodeHostPaths(propagation: MountPropagation): readonly HostPathRequirement[] {
  return [readOnly("proc", "/proc"), readOnly("sys", "/sys"), rootfs(propagation)];
}

/**
 * What `prometheus.exporter.cadvisor` reads of a node for processor, memory and network: processes by the root, cgroups
 * and devices by `/sys`, and names and labels by the runtime's socket. Where containers have their data matters to its
 * disk metrics alone; Docker's it reads below the root by itself.
 * Source: github.com/grafana/cadvisor v0.0.0-20260204200106, manager, fs and container/{docker,containerd,crio}.
 */
export function containerHostPaths(
  runtime: ContainerRuntime,
  socket: string,
  propagation: MountPropagation,
): readonly HostPathRequirement[] {
  const node = [readOnly("sys", "/sys"), rootfs(propagation)];
  // The folder: a socket that is mounted by itself answers nobody any more when the runtime has made it anew. Without
  // a type, a node that has no such folder runs the agent all the same.
  return runtime === "crio"
    ? [...node, readOnly("crio", posix.dirname(socket), posix.dirname(crioSocket))]
    : node;
}

/**
 * The runtime's socket in the container. A read-only mount doesn't keep a client from connecting, and below the root of
 * the node a socket that the runtime has made anew is found again.
 *
 * @param socket on the node
 */
export function socketInContainer(runtime: ContainerRuntime, socket: string): string {
  // On the node /var/run is a link to /run, which would lead to the container's own.
  return runtime === "crio" ? crioSocket : `${rootfsPath}${socket.replace(/^\/var\/run\//, "/run/")}`;
}

function rootfs(propagation: MountPropagation): HostPathRequirement {
  const root = readOnly("rootfs", "/", rootfsPath);
  return propagation === "None" ? root : { ...root, propagation };
}

function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}
