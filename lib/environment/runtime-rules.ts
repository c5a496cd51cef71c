import { isRecord } from "./kind";
import { isAtOrBelow } from "./node-path";
import type { Report } from "./report";
import { mountedSocket, usualRuntimePaths } from "./runtime-paths";

/** Two mounts, one in the other: a folder may hold the socket, and no socket a folder. */
export function checkRuntime(
  { container_runtime, runtime }: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const name = (["docker", "containerd", "crio"] as const).find((one) => one === container_runtime);
  if (name === undefined || !isRecord(runtime)) return;
  if (report.has(["runtime", "socket"]) || report.has(["runtime", "data"])) return;
  const { socket, data } = runtime;
  const usual = usualRuntimePaths[name];
  const sockets = [
    typeof socket === "string" ? socket : usual.socket,
    mountedSocket(name, typeof socket === "string" ? { socket } : {}),
  ];
  const folder = typeof data === "string" ? data : usual.data;
  if (!sockets.some((one) => isAtOrBelow(folder, one))) return;
  if (typeof data === "string") {
    report.add(["runtime", "data"], "is the runtime's socket, or in it; write the folder of its containers");
  } else {
    report.add(["runtime", "socket"], `holds ${folder}, where the containers are; write the socket`);
  }
}
