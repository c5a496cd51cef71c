import { hasValue, sectionOf } from "../environment/plain-settings";
import { copyMap, isJsonMap } from "./chart/json";
import type { ChartValues } from "./chart-values";
import { agentContainer, reloaderContainer } from "./names";
import type { HelmRender } from "./rendered/helm-render";

/** The chart's name for the port of Alloy's UI. */
export const uiPortName = "http-metrics";
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
  agent.moveHttp(uiPortName, Number(rendered), { port, ...(open ? {} : { host: loopback }) });
  if (reloader && !hasValue(chartValues, ["configReloader", "customArgs"])) {
    render
      .daemonSet()
      .container(reloaderContainer)
      .setArgument("--reload-url", `http://localhost:${port}/-/reload`);
  }
  for (const service of render.objects.filter(({ kind }) => kind === "Service")) {
    const spec = isJsonMap(service.content.spec) ? service.content.spec : copyMap({});
    const ports = Array.isArray(spec.ports) ? spec.ports.filter(isJsonMap) : [];
    const left = open
      ? ports.map((one) => (one.name === uiPortName ? { ...one, targetPort: port } : one))
      : ports.filter(({ name }) => name !== uiPortName);
    if (left.length === 0 && ports.length > 0) {
      // It would lead to where nothing listens.
      render.remove(service);
    } else {
      spec.ports = left;
    }
  }
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
