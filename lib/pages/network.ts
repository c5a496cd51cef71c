import type { RequirementOf } from "../alloy";
import type { Environment } from "../environment";
import { requiredOf } from "../workload/grants/required";
import type { AgentNetwork } from "../workload/network-policy/agent-network";
import { isUiOpen } from "../workload/ui";
import { code, listed, table } from "./markdown";
import { sorted } from "./sorted";

/** Who reaches the agent, and where it may connect to. */
export function networkWords(environment: Environment, network: AgentNetwork | undefined): string {
  const { hostNetwork, ui, chartValues } = environment;
  if (hostNetwork) {
    const open = isUiOpen({ hostNetwork, expose: ui.expose, chartValues });
    const reach = open
      ? "Everyone who reaches the node reaches its UI"
      : "Its UI listens on the node's loopback, which `kubectl port-forward` reaches";
    return `The agent shares the node's network: ${code("host_network")} is set. ${reach}. A NetworkPolicy would have no effect there.`;
  }
  const own = "The agent has a network of its own.";
  if (network === undefined)
    return `${own} No NetworkPolicy of this project limits it. Other pods reach its UI.`;
  const rows = [
    ...network.egress.map(({ what, components }) => [`to ${what}`, sorted(components)]),
    ...network.ingress.map(({ what, components }) => [what, sorted(components)]),
  ];
  const limits = `${own} A NetworkPolicy limits it to these connections, where the cluster's network has such policies. The kubelet's probes and \`kubectl port-forward\` get through all the same.`;
  return [limits, table(["Connections", "Needed by"], rows)].join("\n\n");
}

/** Where components listen for others of the same agent; nothing if none does. */
export function loopbackWords(
  { hostNetwork }: Environment,
  requirements: readonly RequirementOf[],
): readonly string[] {
  const listening = requiredOf(requirements, "loopbackPort").map(
    ({ component, requirement: { port } }) => `${code(component)} at port ${port}`,
  );
  const whose = hostNetwork ? "the node's" : "the pod's";
  return listening.length === 0
    ? []
    : [
        `On ${whose} loopback listen, for the agent's own exporters alone, which show a token: ${listed(listening)}.`,
      ];
}
