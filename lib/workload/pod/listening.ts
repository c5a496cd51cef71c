import type { PortRequirement, RequirementOf } from "../../alloy";
import {
  agentContainer,
  type ChartValues,
  isJsonMap,
  type JsonMap,
  mapAt,
  mapsAt,
  reloaderContainer,
  uiPortName,
} from "../../chart";
import { groupBy, hasValue, sectionOf } from "../../schema";
import { type Grant, requiredOf } from "../grants/required";
import type { PropMistake } from "../props/props";
import type { HelmRender } from "./helm-render";
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
    for (const one of mapsAt(mapAt(content, "spec"), "ports")) {
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

/**
 * Has the sidecar serve its metrics at an address, or nowhere: then it says so, since on the node's network a port that
 * another version may come to open could be taken. An address in the chart's values stands.
 */
export function listenOnlyAt(daemonSet: RenderedDaemonSet, address: string): void {
  const container = daemonSet.container(reloaderContainer);
  if (!container.hasArgument("--listen-address")) container.addArgument("--listen-address", address);
}

/** A port that components listen on, for others to send to. */
export interface PortGrant extends Grant {
  readonly port: { readonly protocol: PortRequirement["protocol"]; readonly port: number };
}

/** The ports that components listen on, and who does. */
export function portGrants(requirements: readonly RequirementOf[]): readonly PortGrant[] {
  const listening = groupBy(
    requiredOf(requirements, "port"),
    ({ requirement: { protocol, port } }) => `${protocol} ${port}`,
  );
  return [...listening].flatMap(([what, same]) =>
    same.slice(0, 1).map(({ requirement: { protocol, port } }) => ({
      what: `from everywhere to ${what}`,
      components: same.map(({ component }) => component),
      port: { protocol, port },
    })),
  );
}

/** Has the agent's Service lead to the ports that components listen on, by the same numbers. */
export function serve(render: HelmRender, ports: readonly PortGrant[]): void {
  if (ports.length === 0) return;
  for (const { content } of render.objects.filter(({ kind }) => kind === "Service")) {
    if (!isJsonMap(content.spec)) continue;
    const own = mapsAt(content.spec, "ports");
    const more = ports
      .filter(
        ({ port: { port, protocol } }) =>
          !own.some((one) => one.port === port && (one.protocol ?? "TCP") === protocol),
      )
      .map(
        ({ port: { port, protocol } }): JsonMap => ({
          name: `${protocol.toLowerCase()}-${port}`,
          port,
          targetPort: port,
          protocol,
        }),
      );
    content.spec.ports = [...own, ...more];
  }
}

/** To listen on a port below takes a capability, NET_BIND_SERVICE, which the agent isn't given. */
const leastPort = 1024;

/**
 * The ports that components listen on and can't have: of a privileged number, or wanted by two.
 *
 * @param taken the port of Alloy's own server, where no prop names it
 */
export function portMistakes(
  requirements: readonly RequirementOf[],
  taken: number | undefined,
): readonly PropMistake[] {
  const listening = [...requiredOf(requirements, "port"), ...requiredOf(requirements, "loopbackPort")].map(
    ({ component, requirement }) => ({
      component,
      port: requirement.port,
      protocol: requirement.kind === "port" ? requirement.protocol : "TCP",
    }),
  );
  const first = new Map<string, string>([[`TCP ${taken}`, "Alloy's own server"]]);
  return listening.flatMap(({ component, port, protocol }): readonly PropMistake[] => {
    const of = (message: string) => ({
      path: ["requirements"] as const,
      message: `${component} ${message}`,
      components: [component],
    });
    const id = `${protocol} ${port}`;
    const other = first.get(id);
    first.set(id, other ?? component);
    if (port < leastPort) {
      return [
        of(
          `listens on port ${port}, which takes a capability that the agent hasn't; write one from ${leastPort} on`,
        ),
      ];
    }
    return other === undefined ? [] : [of(`listens on port ${id}, as ${other} does; write another`)];
  });
}
