import type { ContainerRuntime, RuntimePaths } from "./environment";

/** Where each runtime is by itself. */
export const usualRuntimePaths: Readonly<Record<ContainerRuntime, Required<RuntimePaths>>> = {
  docker: { socket: "/var/run/docker.sock", data: "/var/lib/docker" },
  containerd: { socket: "/run/containerd/containerd.sock", data: "/var/lib/containerd" },
  crio: { socket: "/var/run/crio/crio.sock", data: "/var/lib/containers" },
};

/** The socket in the container. cAdvisor can't be told where CRI-O listens: wherever that is, it is mounted where cAdvisor looks. */
export function mountedSocket(runtime: ContainerRuntime, { socket }: RuntimePaths): string {
  const usual = usualRuntimePaths[runtime].socket;
  return runtime === "crio" ? usual : (socket ?? usual);
}
