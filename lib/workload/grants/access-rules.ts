import type { ApiRequirement, RequirementOf } from "../../alloy/requirement";
import type { k8s } from "../kubernetes";
import { groupBy, type Required, requiredOf, sortedSet } from "./required";
import type { Grant } from "./required-by";

type RequiredAccess = Required<ApiRequirement>;

/** Rights on the Kubernetes API in one namespace, or in the whole cluster. */
export interface AccessGrant {
  /** Absent: the whole cluster. */
  readonly namespace?: string;
  /** Sorted. Never empty. */
  readonly rules: readonly k8s.PolicyRule[];
  readonly grants: readonly Grant[];
}

/**
 * The rights that components use, and no more: the whole cluster first, then namespace by namespace.
 *
 * What is granted in the whole cluster, or on all objects, is not granted in a namespace or by name again.
 */
export function accessGrants(requirements: readonly RequirementOf[]): readonly AccessGrant[] {
  const access = requiredOf(requirements, "api");
  const everywhere = access.filter(({ requirement }) => requirement.namespaces === undefined);
  const cluster = minimal(everywhere, []);
  const inNamespaces = access.flatMap((wanted) =>
    (wanted.requirement.namespaces ?? []).map((namespace) => ({ ...wanted, namespace })),
  );
  const byNamespace = [...groupBy(inNamespaces, ({ namespace }) => namespace)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return [
    ...(cluster.length === 0 ? [] : [grantOf(cluster)]),
    ...byNamespace.flatMap(([namespace, wanted]) => {
      const own = minimal(wanted, everywhere);
      return own.length === 0 ? [] : [{ namespace, ...grantOf(own) }];
    }),
  ];
}

/** Without the verbs that wider rights grant already: those given, and those on all objects for those by name. */
function minimal(
  access: readonly RequiredAccess[],
  wider: readonly RequiredAccess[],
): readonly RequiredAccess[] {
  const onAll = access.filter(({ requirement }) => requirement.resourceNames === undefined);
  return access.flatMap(({ component, requirement }) => {
    const others = requirement.resourceNames === undefined ? wider : [...wider, ...onAll];
    const granted = others.filter((other) => covers(other.requirement, requirement));
    const known = new Set(granted.flatMap((other) => other.requirement.verbs));
    const verbs = requirement.verbs.filter((verb) => !known.has(verb));
    return verbs.length === 0 ? [] : [{ component, requirement: { ...requirement, verbs } }];
  });
}

/** Whether a right is on all objects that another one is on, as far as their names go. */
function covers(wide: ApiRequirement, other: ApiRequirement): boolean {
  const names = wide.resourceNames;
  return (
    wide.apiGroup === other.apiGroup &&
    wide.resource === other.resource &&
    (names === undefined || (other.resourceNames?.every((name) => names.includes(name)) ?? false))
  );
}

function grantOf(access: readonly RequiredAccess[]): Omit<AccessGrant, "namespace"> {
  const grants = access.map(({ component, requirement }) => ({
    what: `${sortedSet(requirement.verbs).join(", ")} ${resourceOf(requirement)}`,
    components: [component],
  }));
  return {
    rules: rulesOf(access.map(({ requirement }) => requirement)),
    grants: [...groupBy(grants, ({ what }) => what)].map(([what, same]) => ({
      what,
      components: same.flatMap(({ components }) => components),
    })),
  };
}

/** A rule for each resource, joined where nothing but the resource differs. */
function rulesOf(access: readonly ApiRequirement[]): readonly k8s.PolicyRule[] {
  const rules = [...groupBy(access, resourceOf).values()].flatMap(([first, ...others]) => {
    if (first === undefined) {
      return [];
    }
    const verbs = sortedSet([first, ...others].flatMap((requirement) => requirement.verbs));
    const { apiGroup, resource, resourceNames } = first;
    const names = resourceNames === undefined ? {} : { resourceNames: [...sortedSet(resourceNames)] };
    return [{ apiGroups: [apiGroup], resources: [resource], ...names, verbs: [...verbs] }];
  });
  const joined = groupBy(rules, ({ resources: _, ...rest }) => JSON.stringify(rest));
  return [...joined.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ ...first, resources: [...sortedSet([first, ...others].flatMap(({ resources }) => resources))] }],
    )
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** The objects that a right is on, such as `pods/log` or `secrets (remote)`. */
function resourceOf({ apiGroup, resource, resourceNames }: ApiRequirement): string {
  const group = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  return resourceNames === undefined ? group : `${group} (${sortedSet(resourceNames).join(", ")})`;
}

function sortKey(rule: k8s.PolicyRule): string {
  return JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames ?? [], rule.verbs]);
}
