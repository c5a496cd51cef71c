import type { HostPathRequirement } from "../alloy";
import { type ContainerRuntime, mountedSocket, type RuntimePaths, usualRuntimePaths } from "../environment";

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

/** The names of the volumes for a runtime where it is by itself. */
const volumes: Readonly<Record<ContainerRuntime, { readonly socket: string; readonly data: string }>> = {
  docker: { socket: "docker-sock", data: "var-lib-docker" },
  containerd: { socket: "containerd-sock", data: "var-lib-containerd" },
  crio: { socket: "crio-sock", data: "var-lib-containers" },
};

/**
 * What `prometheus.exporter.cadvisor` reads of a node with this runtime. It asks the runtime where the containers'
 * data is, so that is at the same path in the container.
 */
export function containerHostPaths(
  runtime: ContainerRuntime,
  paths: RuntimePaths,
): readonly HostPathRequirement[] {
  const usual = usualRuntimePaths[runtime];
  const data = paths.data ?? usual.data;
  return [
    sys,
    rootfs,
    readOnly("dev-disk", "/dev/disk"),
    {
      kind: "hostPath",
      name: volumes[runtime].socket,
      hostPath: paths.socket ?? usual.socket,
      mountPath: mountedSocket(runtime, paths),
      // A client writes to the socket that it talks through.
      readOnly: false,
      type: "Socket",
    },
    // The volume's name is the usual path: it would tell a lie of another.
    readOnly(data === usual.data ? volumes[runtime].data : `${runtime}-data`, data),
  ];
}

function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}
