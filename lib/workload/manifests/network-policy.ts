import { Construct } from "constructs";
import type { ConnectionRequirement, RequirementOf } from "../../alloy";
import { agentContainer, type ChartValues, type JsonMap, mapsAt, uiPortName } from "../../chart";
import { groupBy, sectionOf } from "../../schema";
import { byChartValues, type Grant, requiredBy, requiredByAnnotation, requiredOf } from "../grants/required";
import { isUiOpen, portGrants } from "../pod/listening";
import type { PodTemplate } from "../pod/pod-security-levels";
import type { NameOf } from "../props/props";
import { manifest } from "./manifest";
import { type Egress, type EgressRule, isLookedUp, toApiServer, toDns, toHost, toPods } from "./peers";

/** Traffic that a NetworkPolicy lets out, and the components that want it. */
interface EgressGrant extends Grant {
  readonly rule: EgressRule;
}

/**
 * Where components connect to, a rule for each place, by what it says.
 *
 * Who uses the Kubernetes API connects to it, and who names a host looks it up.
 *
 * @param namespace of the agent
 */
function egressGrants(
  requirements: readonly RequirementOf[],
  apiServerPorts: readonly number[],
  namespace: string,
): readonly EgressGrant[] {
  const wanted = [
    ...requiredOf(requirements, "api").map(({ component }) => ({
      component,
      egress: toApiServer(apiServerPorts),
    })),
    ...requiredOf(requirements, "connection").flatMap(({ component, requirement: { to } }) =>
      egressTo(to, namespace).map((egress) => ({ component, egress })),
    ),
  ];
  return [...groupBy(wanted, ({ egress }) => egress.what).values()]
    .flatMap((same) => {
      const components = same.map(({ component }) => component);
      return same.slice(0, 1).map(({ egress }) => ({ ...egress, components }));
    })
    .sort((a, b) => (a.what < b.what ? -1 : 1));
}

/** Connections within the pod pass no policy. */
function egressTo(peer: ConnectionRequirement["to"], namespace: string): readonly Egress[] {
  switch (peer.type) {
    case "pods":
      return [toPods(peer)];
    case "host":
      return [...toHost(peer, namespace), ...lookUp(peer.host)];
    case "loopback":
      return [];
  }
}

/** A host that is known at run time alone may have a name too. */
function lookUp(host = ""): readonly Egress[] {
  return isLookedUp(host) ? toDns : [];
}

/** Allowed ingress to and egress from the agent's pods. */
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
  readonly nameOf: NameOf;
}

/**
 * What the policy allows: egress to where components connect, ingress to the ports that are opened. Probes and
 * `kubectl port-forward` come from the pod's node, which Kubernetes always allows.
 */
export function agentNetwork(pod: PodTemplate, options: AgentNetworkOptions): AgentNetwork {
  const { namespace, requirements, apiServerPorts } = options;
  return {
    egress: egressGrants(requirements, apiServerPorts, namespace),
    ingress: [...ingressGrants(pod, options), ...portGrants(requirements)],
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
function uiOpenedBy({ exposeUi: expose, chartValues, nameOf }: AgentNetworkOptions): string | undefined {
  if (expose) return nameOf(["exposeUi"]);
  const asked = ["serviceMonitor", "ingress"].some((name) => sectionOf(chartValues, name).enabled === true);
  return asked || isUiOpen({ chartValues, hostNetwork: true, expose }) ? byChartValues : undefined;
}

/** What an {@link AgentNetworkPolicy} takes. */
export interface AgentNetworkPolicyProps {
  /** The agent's. */
  readonly namespace: string;
  /** The name of the agent's DaemonSet. */
  readonly agentName: string;
  readonly network: AgentNetwork;
  /** Selects the agent's pods. */
  readonly podSelector: JsonMap;
}

/** Allows the agent's pods egress to what their components use, and ingress to the ports that are opened. */
export class AgentNetworkPolicy extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { namespace, agentName, network, podSelector }: AgentNetworkPolicyProps,
  ) {
    super(scope, id);
    const { egress, ingress } = network;
    const reasons = [...egress.map((grant) => ({ ...grant, what: `to ${grant.what}` })), ...ingress];
    manifest(this, "network-policy", "NetworkPolicy", {
      metadata: {
        name: agentName,
        namespace,
        ...(reasons.length > 0 && { annotations: { [requiredByAnnotation]: requiredBy(reasons) } }),
      },
      spec: {
        podSelector,
        policyTypes: ["Ingress", "Egress"],
        // The API server drops an empty list: with one, each apply would find a difference.
        ...(ingress.length > 0 && { ingress: ingress.map(({ port }) => ({ ports: [port] })) }),
        ...(egress.length > 0 && { egress: egress.map(({ rule }) => rule) }),
      },
    });
  }
}
