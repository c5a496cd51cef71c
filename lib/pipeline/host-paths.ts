import type { HostPathRequirement } from "../alloy";
import type { ContainerRuntime } from "../environment";

const sys = readOnly("sys", "/sys");

/** Where the node's root file system is in the container. */
export const rootfsPath = "/rootfs";

/** What the node mounts later is seen too: a disk that comes up after the agent counts. */
const rootfs: HostPathRequirement = {
  ...readOnly("rootfs", "/", rootfsPath),
  propagation: "HostToContainer",
};

/** What `prometheus.exporter.unix` reads of the node; `/ais` holds AIStore's mountpaths. */
export const nodeHostPaths: readonly HostPathRequirement[] = [
  readOnly("proc", "/proc"),
  sys,
  readOnly("ais", "/ais"),
  rootfs,
];

/** The socket of each runtime, and the folder in which it keeps its containers. */
const runtimes: Readonly<Record<ContainerRuntime, readonly HostPathRequirement[]>> = {
  docker: [socket("docker-sock", "/var/run/docker.sock"), readOnly("var-lib-docker", "/var/lib/docker")],
  containerd: [
    socket("containerd-sock", "/run/containerd/containerd.sock"),
    readOnly("var-lib-containerd", "/var/lib/containerd"),
  ],
  crio: [
    socket("crio-sock", "/var/run/crio/crio.sock"),
    readOnly("var-lib-containers", "/var/lib/containers"),
  ],
};

/** What `prometheus.exporter.cadvisor` reads of a node with this runtime. */
export function containerHostPaths(runtime: ContainerRuntime): readonly HostPathRequirement[] {
  return [sys, rootfs, readOnly("dev-disk", "/dev/disk"), ...runtimes[runtime]];
}

function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}

/** A client writes to the socket that it talks through. */
function socket(name: string, path: string): HostPathRequirement {
  return { kind: "hostPath", name, hostPath: path, mountPath: path, readOnly: false, type: "Socket" };
}
