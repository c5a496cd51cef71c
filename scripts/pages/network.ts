import type { RequirementOf } from "../../lib/alloy";
import { type AlloyWorkload, isUiOnLoopback, type RenderedDaemonSet, requiredOf } from "../../lib/workload";
import { code, listed, sorted, table } from "./markdown";

/** Who reaches the agent, and where it may connect to. */
export function networkWords({ render, network }: Pick<AlloyWorkload, "render" | "network">): string {
  const daemonSet = render.daemonSet();
  if (sharesNetwork(daemonSet)) {
    const reach = isUiOnLoopback(daemonSet)
      ? "Its UI listens on the node's loopback, which `kubectl port-forward` reaches"
      : "Everyone who reaches the node reaches its UI";
    return `The agent shares the node's network: ${code("host_network")} is set. ${reach}. A NetworkPolicy would have no effect there.`;
  }
  const own = "The agent has a network of its own.";
  if (network === undefined) {
    return `${own} No NetworkPolicy of this project limits it. Other pods reach its UI.`;
  }
  const rows = [
    ...network.egress.map(({ what, components }) => [`to ${what}`, sorted(components)]),
    ...network.ingress.map(({ what, components }) => [what, sorted(components)]),
  ];
  const limits = `${own} A NetworkPolicy limits it to these connections, where the cluster's network has such policies. The kubelet's probes and \`kubectl port-forward\` get through all the same.`;
  return [limits, table(["Connections", "Needed by"], rows)].join("\n\n");
}

/** Where components listen for others of the same agent; nothing if none does. */
export function loopbackWords(
  { render }: Pick<AlloyWorkload, "render">,
  requirements: readonly RequirementOf[],
): readonly string[] {
  const listening = requiredOf(requirements, "loopbackPort").map(
    ({ component, requirement: { port } }) => `${code(component)} at port ${port}`,
  );
  const whose = sharesNetwork(render.daemonSet()) ? "the node's" : "the pod's";
  return listening.length === 0
    ? []
    : [
        `On ${whose} loopback listen, for the agent's own exporters alone, which show a token: ${listed(listening)}.`,
      ];
}

/** Whether the pod has the node's network. */
function sharesNetwork({ podTemplate }: RenderedDaemonSet): boolean {
  return podTemplate.spec.hostNetwork === true;
}
