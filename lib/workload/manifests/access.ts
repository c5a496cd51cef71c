import { ApiObject } from "cdk8s";
import { Construct, type IConstruct, type IValidation } from "constructs";
import { nameBeyondNamespace, type RoleRef, type Subject } from "../../chart";
import type { AccessGrant } from "../grants/access-rules";
import { requiredBy, requiredByAnnotation } from "../grants/required";
import { manifest } from "./manifest";

/** What an {@link ApiAccess} takes. */
export interface ApiAccessProps {
  readonly grants: readonly AccessGrant[];
  /** The agent's. */
  readonly namespace: string;
  /** The name of the agent's DaemonSet. */
  readonly agentName: string;
  /** The ServiceAccount of the agent, in its namespace. */
  readonly serviceAccountName: string;
}

/** Rights on the Kubernetes API, given to the agent's ServiceAccount. */
export class ApiAccess extends Construct {
  constructor(scope: Construct, id: string, props: ApiAccessProps) {
    super(scope, id);
    const subject: Subject = {
      kind: "ServiceAccount",
      name: props.serviceAccountName,
      namespace: props.namespace,
    };
    for (const grant of props.grants) {
      this.bind(grant, nameBeyondNamespace(props.namespace, props.agentName), subject);
    }
  }

  /** Makes a role of the rights, in their namespace or in the cluster, and binds it. */
  private bind({ namespace, rules, grants }: AccessGrant, clusterName: string, subject: Subject): void {
    // The name holds the namespace: objects of one kind and name would share one file of the output.
    const name = namespace === undefined ? clusterName : `${clusterName}:${namespace}`;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    const [kind, binding] =
      namespace === undefined
        ? (["ClusterRole", "ClusterRoleBinding"] as const)
        : (["Role", "RoleBinding"] as const);
    const roleRef: RoleRef = { apiGroup: "rbac.authorization.k8s.io", kind, name };
    const annotations = { [requiredByAnnotation]: requiredBy(grants) };
    manifest(this, `${kind}-${name}`, kind, { metadata: { ...metadata, annotations }, rules });
    manifest(this, `${binding}-${name}`, binding, { metadata, roleRef, subjects: [subject] });
  }
}

/** Checks that no two objects of an app are one object, or are written to one file, where the last one would win. */
export class UniqueObjects implements IValidation {
  /** @param scope the objects in it are compared */
  constructor(private readonly scope: IConstruct) {}

  validate(): string[] {
    const objects = this.scope.node.findAll().filter((construct) => construct instanceof ApiObject);
    const byFile = new Map<string, ApiObject>();
    const errors: string[] = [];
    for (const object of objects) {
      const file = `${object.kind}.${object.name}`;
      const other = byFile.get(file);
      if (other !== undefined) {
        errors.push(
          `two objects become the file of ${file}: ${other.node.path} (namespace ${namespaceOf(other)}) and ${object.node.path} (namespace ${namespaceOf(object)})`,
        );
      }
      byFile.set(file, object);
    }
    return errors;
  }
}

function namespaceOf(object: ApiObject): string {
  return object.metadata.namespace ?? "none";
}
