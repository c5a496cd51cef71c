import type { RequirementOf } from "../../alloy/requirement";
import { sectionOf } from "../../environment/plain-settings";
import { byChartValues } from "../access/access";
import type { ChartValues } from "../chart-values";
import type { Grant } from "../grants/required-by";
import { agentContainer } from "../names";
import { mapsAt, type PodTemplate } from "../pod-security/pod-fields";
import { isUiOpen, uiPortName } from "../ui";
import { type EgressGrant, egressGrants } from "./egress-grants";

/** What the network may have of the agent's pods, and they of it. */
export interface AgentNetwork {
  readonly egress: readonly EgressGrant[];
  readonly ingress: readonly IngressGrant[];
}

/** A port that others may connect to, and what opens it. */
export interface IngressGrant extends Grant {
  readonly port: { readonly protocol: string; readonly port: number };
}

/** What {@link agentNetwork} takes. */
export interface AgentNetworkOptions {
  /** The agent's. */
  readonly namespace: string;
  readonly requirements: readonly RequirementOf[];
  readonly chartValues: ChartValues;
  readonly apiServerPorts: readonly number[];
  /** Whether Alloy's UI is open to the network. */
  readonly exposeUi: boolean;
}

/**
 * What a policy lets through: to where components connect, and to the ports that an environment opens. The kubelet's
 * probes and `kubectl port-forward` come from the pod's node, which Kubernetes always lets through.
 */
export function agentNetwork(pod: PodTemplate, options: AgentNetworkOptions): AgentNetwork {
  const { namespace, requirements, apiServerPorts } = options;
  return {
    egress: egressGrants(requirements, apiServerPorts, namespace),
    ingress: ingressGrants(pod, options),
  };
}

/** The ports of the pod's containers: the UI's if it is open, and all that chart values add. */
function ingressGrants(pod: PodTemplate, options: AgentNetworkOptions): readonly IngressGrant[] {
  const ports = mapsAt(pod.spec, "containers").flatMap((container) =>
    mapsAt(container, "ports").map((port) => ({
      port,
      isUi: container.name === agentContainer && port.name === uiPortName,
    })),
  );
  const openedBy = uiOpenedBy(options);
  return ports.flatMap(({ port: { containerPort, protocol = "TCP" }, isUi }) => {
    const component = isUi ? openedBy : byChartValues;
    if (component === undefined) return [];
    const port = { protocol: String(protocol), port: Number(containerPort) };
    return [{ what: `from everywhere to ${port.protocol} ${port.port}`, components: [component], port }];
  });
}

/** What opens Alloy's UI: others must reach it to scrape the agent, to show the UI, or to make a cluster of agents. */
function uiOpenedBy({ exposeUi: expose, chartValues }: AgentNetworkOptions): string | undefined {
  if (expose) return "ui.expose";
  const asked = ["serviceMonitor", "ingress"].some((name) => sectionOf(chartValues, name).enabled === true);
  return asked || isUiOpen({ chartValues, hostNetwork: true, expose }) ? byChartValues : undefined;
}
