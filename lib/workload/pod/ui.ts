import { agentContainer, type ChartValues, isJsonMap, reloaderContainer, uiPortName } from "../../chart";
import { hasValue, sectionOf } from "../../schema";
import type { HelmRender } from "./helm-render";
import { mapsAt } from "./pod-security-levels";
import type { RenderedDaemonSet } from "./rendered-daemon-set";

const listenFlag = "--server.http.listen-addr";

/** The node's own address, which `kubectl port-forward`, the sidecar and the kubelet reach on the node's network. */
export const loopback = "127.0.0.1";

/** Where Alloy's UI is. */
export interface UiOptions {
  readonly chartValues: ChartValues;
  /** Whether the chart's sidecar runs, which reloads Alloy by the UI's port. */
  readonly reloader: boolean;
  readonly hostNetwork: boolean;
  /** Whether the node's network reaches it, on the node's network. */
  readonly expose: boolean;
  /** @default - the chart's, 12345 */
  readonly port?: number | undefined;
}

/**
 * Has Alloy's UI listen on its port, and on the node's network only where nobody else gets at it. Whoever does may
 * read the configuration and, with `livedebugging`, the data.
 */
export function placeUi(render: HelmRender, options: UiOptions): void {
  const { chartValues, reloader } = options;
  const agent = render.daemonSet().container(agentContainer);
  const open = isUiOpen(options);
  if (open && options.port === undefined) return;

  const [, host = "", rendered = ""] = /^(.*):(\d+)$/.exec(agent.argument(listenFlag)) ?? [];
  const port = options.port ?? Number(rendered);
  agent.setArgument(listenFlag, `${open ? host : loopback}:${port}`);
  agent.moveHttp(uiPortName, Number(rendered), { port, host: open ? undefined : loopback });
  if (reloader && !hasValue(chartValues, ["configReloader", "customArgs"])) {
    render
      .daemonSet()
      .container(reloaderContainer)
      .setArgument("--reload-url", `http://localhost:${port}/-/reload`);
  }
  // Where the UI is on the node's loopback, the Service is for `kubectl port-forward`: that connects in the pod.
  for (const { content } of render.objects.filter(({ kind }) => kind === "Service")) {
    for (const one of isJsonMap(content.spec) ? mapsAt(content.spec, "ports") : []) {
      if (one.name === uiPortName) one.targetPort = port;
    }
  }
}

/** Whether the UI listens at the loopback alone, as the agent's own argument says. */
export function isUiOnLoopback(daemonSet: RenderedDaemonSet): boolean {
  return daemonSet.container(agentContainer).argument(listenFlag).startsWith(`${loopback}:`);
}

/** Whether others than the pod reach the UI: those of the pods' network, or of the nodes'. */
export function isUiOpen(options: Pick<UiOptions, "chartValues" | "hostNetwork" | "expose">): boolean {
  const { chartValues, hostNetwork, expose } = options;
  // Alloys that make a cluster talk over this port.
  return !hostNetwork || expose || hasValue(chartValues, ["alloy", "listenAddr"]) || clusters(chartValues);
}

function clusters(chartValues: ChartValues): boolean {
  return sectionOf(sectionOf(chartValues, "alloy"), "clustering").enabled === true;
}
