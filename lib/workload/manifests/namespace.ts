import { Construct } from "constructs";
import type { AgentPodSecurity } from "../access/pod-security";
import { requiredBy, requiredByAnnotation } from "../grants/required";
import { manifest } from "./manifest";

/**
 * The agent's namespace.
 *
 * It admits what the agent's pod needs, and it stays when it is taken out of the manifests or they are taken down:
 * others may live in it, and go with it.
 */
export class AgentNamespace extends Construct {
  constructor(scope: Construct, id: string, name: string, { level, needed, reasons }: AgentPodSecurity) {
    super(scope, id);
    const why = [
      ...(level === needed ? [] : [{ what: level, components: ["pod_security"] }]),
      ...reasons.map(({ what, components }) => ({ what: `${needed} for ${what}`, components })),
    ];
    manifest(this, "Namespace", "Namespace", {
      metadata: {
        name,
        labels: { "pod-security.kubernetes.io/enforce": level },
        annotations: {
          ...(why.length > 0 && { [requiredByAnnotation]: requiredBy(why) }),
          "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
          "kustomize.toolkit.fluxcd.io/prune": "disabled",
        },
      },
    });
  }
}
