import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import type { JsonMap } from "../chart/json";
import { requiredBy, requiredByAnnotation } from "../grants/required-by";
import { agentNamespace, releaseName } from "../names";
import type { AgentNetwork } from "./agent-network";

/** What an {@link AgentNetworkPolicy} takes. */
export interface AgentNetworkPolicyProps {
  readonly network: AgentNetwork;
  /** Selects the agent's pods. */
  readonly podSelector: JsonMap;
}

/** Lets the agent's pods connect to what their components use, and nobody to them but for what is opened. */
export class AgentNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, { network, podSelector }: AgentNetworkPolicyProps) {
    super(scope, id);
    const { egress, ingress } = network;
    const reasons = [...egress.map((grant) => ({ ...grant, what: `to ${grant.what}` })), ...ingress];
    new ApiObject(this, "NetworkPolicy", {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: {
        name: releaseName,
        namespace: agentNamespace,
        ...(reasons.length > 0 && { annotations: { [requiredByAnnotation]: requiredBy(reasons) } }),
      },
      spec: {
        podSelector,
        policyTypes: ["Ingress", "Egress"],
        ingress: ingress.map(({ port }) => ({ ports: [port] })),
        egress: egress.map(({ rule }) => rule),
      },
    });
  }
}
