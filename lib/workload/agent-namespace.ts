import { ApiObject } from "cdk8s";
import { Construct } from "constructs";

import { agentNamespace } from "./names";

/**
 * The agent's namespace.
 *
 * It admits pods with host paths, which the Pod Security level `privileged` alone does, and it stays when it is taken
 * out of the manifests or they are taken down: others may live in it, and go with it.
 */
export class AgentNamespace extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ApiObject(this, "Namespace", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: agentNamespace,
        labels: { "pod-security.kubernetes.io/enforce": "privileged" },
        annotations: {
          "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
          "kustomize.toolkit.fluxcd.io/prune": "disabled",
        },
      },
    });
  }
}
