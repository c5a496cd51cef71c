import type { k8s } from "cdk8s-plus-28";
import { Construct } from "constructs";
import type { RequirementOf } from "../../alloy";
import { nameBeyondNamespace } from "../../chart";
import { groupBy, sortedSet } from "../../schema";
import { type Grant, requiredBy, requiredByAnnotation, requiredOf } from "../grants/required";
import { manifest } from "./manifest";

/** Some verbs on some resources, as roles have them. */
export type PolicyRule = Omit<k8s.PolicyRule, "nonResourceUrLs">;

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
    const subject: k8s.Subject = {
      kind: "ServiceAccount",
      name: props.serviceAccountName,
      namespace: props.namespace,
    };
    for (const grant of props.grants) {
      this.bind(grant, nameBeyondNamespace(props.namespace, props.agentName), subject);
    }
  }

  /** Makes a role of the rights, in their namespace or in the cluster, and binds it. */
  private bind({ namespace, rules, grants }: AccessGrant, clusterName: string, subject: k8s.Subject): void {
    // The name holds the namespace: objects of one kind and name would share one file of the output.
    const name = namespace === undefined ? clusterName : `${clusterName}:${namespace}`;
    const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
    const [kind, binding] =
      namespace === undefined
        ? (["ClusterRole", "ClusterRoleBinding"] as const)
        : (["Role", "RoleBinding"] as const);
    const roleRef: k8s.RoleRef = { apiGroup: "rbac.authorization.k8s.io", kind, name };
    const annotations = { [requiredByAnnotation]: requiredBy(grants) };
    manifest(this, `${kind}-${name}`, kind, { metadata: { ...metadata, annotations }, rules });
    manifest(this, `${binding}-${name}`, binding, { metadata, roleRef, subjects: [subject] });
  }
}

/** One verb on one resource, and the component that uses it. */
interface ApiRight {
  readonly component: string;
  /** Absent: in the whole cluster. */
  readonly namespace?: string | undefined;
  readonly apiGroup: string;
  readonly resource: string;
  /** Absent: all objects. */
  readonly objectName?: string | undefined;
  readonly verb: string;
}

/** The rights that components use, one by one, without those that wider ones hold already. */
function apiRights(requirements: readonly RequirementOf[]): readonly ApiRight[] {
  const rights = requiredOf(requirements, "api").flatMap(
    ({ component, requirement }): readonly ApiRight[] => {
      const {
        apiGroup,
        resource,
        verbs,
        namespaces = [undefined],
        resourceNames = [undefined],
      } = requirement;
      return namespaces.flatMap((namespace) =>
        resourceNames.flatMap((objectName) =>
          verbs.map((verb) => ({ component, namespace, apiGroup, resource, objectName, verb })),
        ),
      );
    },
  );
  const asked = new Set(rights.map(keyOf));
  return rights.filter((right) => !widerThan(right).some((wider) => asked.has(keyOf(wider))));
}

/** The rights that hold a right among others. */
function widerThan(right: ApiRight): readonly ApiRight[] {
  const inCluster = right.namespace === undefined ? [] : [{ ...right, namespace: undefined }];
  const onAll = [right, ...inCluster].map((narrow) => ({ ...narrow, objectName: undefined }));
  return [...inCluster, ...(right.objectName === undefined ? [] : onAll)];
}

function keyOf({ namespace, apiGroup, resource, objectName, verb }: ApiRight): string {
  return JSON.stringify([namespace, apiGroup, resource, objectName, verb]);
}

/** Rights on the Kubernetes API in one namespace, or in the whole cluster. */
export interface AccessGrant {
  /** Absent: the whole cluster. */
  readonly namespace?: string | undefined;
  /** Sorted. Never empty. */
  readonly rules: readonly PolicyRule[];
  readonly grants: readonly Grant[];
}

/** Rights on the same objects. */
interface Rule {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  /** Empty: all objects. */
  readonly objectNames: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The rights that components use, and no more: the whole cluster first, then namespace by namespace.
 *
 * What is granted in the whole cluster, or on all objects, is not granted in a namespace or by name again.
 */
export function accessGrants(requirements: readonly RequirementOf[]): readonly AccessGrant[] {
  const byNamespace = [...groupBy(apiRights(requirements), ({ namespace = "" }) => namespace)];
  return byNamespace
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, rights]) => ({
      namespace: namespace === "" ? undefined : namespace,
      rules: rulesOf(rights).map(policyRule),
      grants: grantsOf(rights),
    }));
}

/** As few rules as say nothing but these rights: joined where they differ by names alone, or by resources alone. */
function rulesOf(rights: readonly ApiRight[]): readonly Rule[] {
  const single = rights.map(({ apiGroup, resource, objectName, verb }) => ({
    apiGroup,
    resources: [resource],
    objectNames: objectName === undefined ? [] : [objectName],
    verbs: [verb],
  }));
  const joined = (["verbs", "objectNames", "resources"] as const).reduce(join, single);
  return [...joined].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Makes one rule of those that are equal but for one property. */
function join(rules: readonly Rule[], property: "verbs" | "objectNames" | "resources"): readonly Rule[] {
  const keyOf = (rule: Rule) =>
    sortKey({
      ...rule,
      // A rule for all objects has no names, and takes none.
      [property]: property === "objectNames" && rule.objectNames.length > 0 ? ["some"] : [],
    });
  return [...groupBy(rules, keyOf).values()].flatMap((same) =>
    same
      .slice(0, 1)
      .map((rule) => ({ ...rule, [property]: sortedSet(same.flatMap((one) => one[property])) })),
  );
}

function policyRule({ apiGroup, resources, objectNames, verbs }: Rule): PolicyRule {
  return {
    apiGroups: [apiGroup],
    resources: [...resources],
    ...(objectNames.length === 0 ? {} : { resourceNames: [...objectNames] }),
    verbs: [...verbs],
  };
}

/** What each component may do, such as `list, watch pods`. */
function grantsOf(rights: readonly ApiRight[]): readonly Grant[] {
  const grants = [...groupBy(rights, ({ component }) => component)].flatMap(([component, own]) =>
    rulesOf(own).flatMap(({ apiGroup, resources, objectNames, verbs }) =>
      resources.map((resource) => {
        const objects = objectNames.length === 0 ? "" : ` (${objectNames.join(", ")})`;
        const group = apiGroup === "" ? "" : `.${apiGroup}`;
        return { component, what: `${verbs.join(", ")} ${resource}${group}${objects}` };
      }),
    ),
  );
  return [...groupBy(grants, ({ what }) => what)].map(([what, same]) => ({
    what,
    components: same.map(({ component }) => component),
  }));
}

/** Kubernetes' names have no line ends and no commas. */
function sortKey({ apiGroup, resources, objectNames, verbs }: Rule): string {
  return `${apiGroup}\n${resources.join()}\n${objectNames.join()}\n${verbs.join()}`;
}
