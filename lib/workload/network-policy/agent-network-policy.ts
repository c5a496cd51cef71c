import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { JsonMap } from "../chart/json";
import { requiredBy, requiredByAnnotation } from "../grants/required-by";
import type { AgentNetwork } from "./agent-network";

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

/** Lets the agent's pods connect to what their components use, and nobody to them but for what is opened. */
export class AgentNetworkPolicy extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { namespace, agentName, network, podSelector }: AgentNetworkPolicyProps,
  ) {
    super(scope, id);
    const { egress, ingress } = network;
    const reasons = [...egress.map((grant) => ({ ...grant, what: `to ${grant.what}` })), ...ingress];
    new ApiObject(this, "NetworkPolicy", {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
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
