import type { ApiRequirement, RequirementOf } from "../alloy";
import { accessGrants } from "../workload/grants/access-rules";
import { requiredOf } from "../workload/grants/required";
import { code, listed, table } from "./markdown";

/** A right on the Kubernetes API, as it is granted. */
type Right = Omit<ApiRequirement, "kind" | "namespaces"> & { readonly namespace?: string | undefined };

/** The rights on the Kubernetes API that are granted, a resource a row, with the components that use them. */
export function apiTable(requirements: readonly RequirementOf[]): string {
  const rights = accessGrants(requirements).flatMap(({ namespace, rules }) =>
    rules.flatMap(({ apiGroups = [], resources = [], resourceNames, verbs }) =>
      apiGroups.flatMap((apiGroup) =>
        resources.map((resource) => ({
          namespace,
          apiGroup,
          resource,
          verbs,
          ...(resourceNames && { resourceNames }),
        })),
      ),
    ),
  );
  const rows = rights.map((right) => [
    right.namespace === undefined ? "the whole cluster" : `namespace ${code(right.namespace)}`,
    code(right.apiGroup === "" ? right.resource : `${right.resource}.${right.apiGroup}`),
    right.resourceNames === undefined ? "all" : listed(right.resourceNames.map(code)),
    right.verbs.join(", "),
    users(right, requirements),
  ]);
  return rows.length === 0 ? "None." : table(["Where", "Resource", "Objects", "Verbs", "Needed by"], rows);
}

/** The components that use a right; with the part that they use, where that is not all of it. */
function users(right: Right, requirements: readonly RequirementOf[]): readonly string[] {
  return requiredOf(requirements, "api").flatMap(({ component, requirement }) => {
    const verbs = requirement.verbs.filter((verb) => right.verbs.includes(verb));
    if (verbs.length === 0 || !covers(right, requirement)) return [];
    const { namespaces, resourceNames } = requirement;
    const part = [
      ...(verbs.length < right.verbs.length ? [verbs.join(", ")] : []),
      ...(right.namespace === undefined && namespaces ? [`in ${listed(namespaces.map(code))} only`] : []),
      ...(right.resourceNames === undefined && resourceNames
        ? [`on ${listed(resourceNames.map(code))} only`]
        : []),
    ];
    return [`${code(component)}${part.length === 0 ? "" : ` (${part.join(", ")})`}`];
  });
}

/** Whether a right is one on all that a component wants, verbs aside. */
function covers({ namespace, apiGroup, resource, resourceNames }: Right, wanted: ApiRequirement): boolean {
  return (
    apiGroup === wanted.apiGroup &&
    resource === wanted.resource &&
    (namespace === undefined || (wanted.namespaces?.includes(namespace) ?? false)) &&
    (resourceNames === undefined ||
      (wanted.resourceNames?.every((name) => resourceNames.includes(name)) ?? false))
  );
}
