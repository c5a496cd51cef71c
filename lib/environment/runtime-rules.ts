import type { ContainerRuntime } from "./environment";
import { type PlainSettings, sectionOf } from "./plain-settings";
import type { Report } from "./report";

/** The socket that each runtime has by itself. */
export const usualSockets: Readonly<Record<ContainerRuntime, string>> = {
  docker: "/run/docker.sock",
  containerd: "/run/containerd/containerd.sock",
  crio: "/run/crio/crio.sock",
};

/** cAdvisor looks for CRI-O's socket by its name in one folder, and it is the folder that is mounted there. */
export function checkRuntime(settings: PlainSettings, report: Report): void {
  const { socket } = sectionOf(settings, "runtime");
  if (settings.container_runtime !== "crio" || typeof socket !== "string") return;
  if (!report.has(["runtime", "socket"]) && !/^\/.+\/crio\.sock$/.test(socket)) {
    report.add(
      ["runtime", "socket"],
      "is no crio.sock in a folder, which is what cAdvisor looks for; write such a path, as CRI-O's own setting too",
    );
  }
}
