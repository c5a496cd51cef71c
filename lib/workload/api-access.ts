import { Construct } from "constructs";
import type { RequirementOf } from "../alloy/requirement";
import { type AccessGrant, accessGrants } from "./grants/access-rules";
import { requiredBy, requiredByAnnotation } from "./grants/required-by";
import { k8s } from "./kubernetes";
import { agentNamespace, releaseName } from "./names";

/** What an {@link ApiAccess} takes. */
export interface ApiAccessProps {
  /** Of all kinds; the others are passed over. */
  readonly requirements: readonly RequirementOf[];
  /** The ServiceAccount of the agent, in its namespace. */
  readonly serviceAccountName: string;
}

const apiGroup = "rbac.authorization.k8s.io";

/** Exactly the rights on the Kubernetes API that components use, given to the agent's ServiceAccount. */
export class ApiAccess extends Construct {
  constructor(scope: Construct, id: string, props: ApiAccessProps) {
    super(scope, id);
    const subjects: k8s.Subject[] = [
      { kind: "ServiceAccount", name: props.serviceAccountName, namespace: agentNamespace },
    ];
    for (const grant of accessGrants(props.requirements)) {
      this.#bind(grant, subjects);
    }
  }

  #bind({ namespace, rules, grants }: AccessGrant, subjects: k8s.Subject[]): void {
    const annotations = { [requiredByAnnotation]: requiredBy(grants) };
    if (namespace === undefined) {
      const name = releaseName;
      new k8s.KubeClusterRole(this, "ClusterRole", { metadata: { name, annotations }, rules: [...rules] });
      new k8s.KubeClusterRoleBinding(this, "ClusterRoleBinding", {
        metadata: { name },
        roleRef: { apiGroup, kind: "ClusterRole", name },
        subjects,
      });
      return;
    }
    // The name holds the namespace: objects of one kind and name would share one file of the output.
    const name = `${releaseName}-${namespace}`;
    new k8s.KubeRole(this, `Role-${namespace}`, {
      metadata: { name, namespace, annotations },
      rules: [...rules],
    });
    new k8s.KubeRoleBinding(this, `RoleBinding-${namespace}`, {
      metadata: { name, namespace },
      roleRef: { apiGroup, kind: "Role", name },
      subjects,
    });
  }
}
