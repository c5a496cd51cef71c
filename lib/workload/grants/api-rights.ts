import type { RequirementOf } from "../../alloy/requirement";
import { requiredOf } from "./required";

/** One verb on one resource, and the component that uses it. */
export interface ApiRight {
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
export function apiRights(requirements: readonly RequirementOf[]): readonly ApiRight[] {
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
