import type { HostPathRequirement } from "../alloy";
import type { ContainerRuntime, RuntimePaths } from "../environment";

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

/** Where a runtime listens and keeps its containers, and the volumes for it. */
interface RuntimeDefaults {
  readonly socket: string;
  readonly data: string;
  readonly socketVolume: string;
  readonly dataVolume: string;
}

const runtimes: Readonly<Record<ContainerRuntime, RuntimeDefaults>> = {
  docker: {
    socket: "/var/run/docker.sock",
    data: "/var/lib/docker",
    socketVolume: "docker-sock",
    dataVolume: "var-lib-docker",
  },
  containerd: {
    socket: "/run/containerd/containerd.sock",
    data: "/var/lib/containerd",
    socketVolume: "containerd-sock",
    dataVolume: "var-lib-containerd",
  },
  crio: {
    socket: "/var/run/crio/crio.sock",
    data: "/var/lib/containers",
    socketVolume: "crio-sock",
    dataVolume: "var-lib-containers",
  },
};

/** The socket in the container. cAdvisor can't be told where CRI-O listens: wherever that is, it is mounted where cAdvisor looks. */
export function runtimeSocket(runtime: ContainerRuntime, { socket }: RuntimePaths): string {
  const usual = runtimes[runtime].socket;
  return runtime === "crio" ? usual : (socket ?? usual);
}

/**
 * What `prometheus.exporter.cadvisor` reads of a node with this runtime. It asks the runtime where the containers'
 * data is, so that is at the same path in the container.
 */
export function containerHostPaths(
  runtime: ContainerRuntime,
  paths: RuntimePaths,
): readonly HostPathRequirement[] {
  const { socket, data, socketVolume, dataVolume } = runtimes[runtime];
  return [
    sys,
    rootfs,
    readOnly("dev-disk", "/dev/disk"),
    {
      kind: "hostPath",
      name: socketVolume,
      hostPath: paths.socket ?? socket,
      mountPath: runtimeSocket(runtime, paths),
      // A client writes to the socket that it talks through.
      readOnly: false,
      type: "Socket",
    },
    // The volume's name is the usual path: it would tell a lie of another.
    readOnly((paths.data ?? data) === data ? dataVolume : `${runtime}-data`, paths.data ?? data),
  ];
}

function readOnly(name: string, hostPath: string, mountPath = hostPath): HostPathRequirement {
  return { kind: "hostPath", name, hostPath, mountPath, readOnly: true };
}
