import type { ConnectionRequirement, RequirementOf } from "../../alloy/requirement";
import { groupBy, requiredOf } from "../grants/required";
import type { Grant } from "../grants/required-by";
import { type Egress, type EgressRule, isLookedUp, toApiServer, toDns, toHost, toPods } from "./peers";

/** Traffic that a NetworkPolicy lets out, and the components that want it. */
export interface EgressGrant extends Grant {
  readonly rule: EgressRule;
}

/**
 * Where components connect to, a rule for each place, by what it says.
 *
 * Who uses the Kubernetes API connects to it, and who names a host looks it up.
 *
 * @param namespace of the agent
 */
export function egressGrants(
  requirements: readonly RequirementOf[],
  apiServerPorts: readonly number[],
  namespace: string,
): readonly EgressGrant[] {
  const wanted = [
    ...requiredOf(requirements, "api").map(({ component }) => ({
      component,
      egress: toApiServer(apiServerPorts),
    })),
    ...requiredOf(requirements, "connection").flatMap(({ component, requirement: { to } }) =>
      egressTo(to, namespace).map((egress) => ({ component, egress })),
    ),
  ];
  return [...groupBy(wanted, ({ egress }) => egress.what).values()]
    .flatMap((same) => {
      const components = same.map(({ component }) => component);
      return same.slice(0, 1).map(({ egress }) => ({ ...egress, components }));
    })
    .sort((a, b) => (a.what < b.what ? -1 : 1));
}

/** No policy has a say in what stays in the pod. */
function egressTo(peer: ConnectionRequirement["to"], namespace: string): readonly Egress[] {
  switch (peer.type) {
    case "pods":
      return [toPods(peer)];
    case "host":
      return [...toHost(peer, namespace), ...lookUp(peer.host)];
    case "loopback":
      return [];
  }
}

/** A host that isn't known yet has a name too. */
function lookUp(host = ""): readonly Egress[] {
  return isLookedUp(host) ? toDns : [];
}
