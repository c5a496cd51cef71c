import { type RequirementOf, type StabilityLevel, stabilityLevels } from "../../alloy";
import type { Grant, VolumeGrant } from "./required";
import { groupBy, requiredOf } from "./required";
import { hostPathVolumes, type SecretGrant, secretVolumes } from "./volumes";

/** A Linux capability of the agent's container. */
export interface CapabilityGrant extends Grant {
  readonly capability: string;
}

/** Everything that components require of the agent's pod. */
export interface PodGrants {
  readonly volumes: readonly VolumeGrant[];
  readonly secrets: readonly SecretGrant[];
  readonly capabilities: readonly CapabilityGrant[];
  readonly stability: Grant & { readonly level: StabilityLevel };
  /** Where Alloy keeps its data on the node. Absent: it has none that must outlive the pod. */
  readonly storagePath?: string;
}

/**
 * What the agent's pod has to be given.
 *
 * @param storagePath of the node, and the same in the container; undefined if nothing is kept on the node
 * @throws WorkloadError when requirements contradict each other
 */
export function podGrants(
  requirements: readonly RequirementOf[],
  storagePath: string | undefined,
): PodGrants {
  const stored =
    storagePath === undefined
      ? requirements
      : requirements.map((required) => asHostPath(required, storagePath));
  return {
    volumes: hostPathVolumes(stored),
    secrets: secretVolumes(requirements),
    capabilities: capabilities(requirements),
    stability: stability(requirements),
    ...(storagePath !== undefined && requiredOf(requirements, "storage").length > 0 && { storagePath }),
  };
}

/** Whether the agent reads or writes what root owns on the node, or does there what root may. */
export function readsNode({ volumes, capabilities }: PodGrants): boolean {
  return volumes.length > 0 || capabilities.length > 0;
}

/** Storage is a path of the node that is made when it isn't there. */
function asHostPath({ component, requirement }: RequirementOf, path: string): RequirementOf {
  return requirement.kind === "storage"
    ? {
        component,
        requirement: {
          kind: "hostPath",
          name: "storage",
          hostPath: path,
          mountPath: path,
          readOnly: false,
          type: "DirectoryOrCreate",
        },
      }
    : { component, requirement };
}

function capabilities(requirements: readonly RequirementOf[]): readonly CapabilityGrant[] {
  const wanted = groupBy(requiredOf(requirements, "capability"), ({ requirement }) => requirement.capability);
  return [...wanted].map(([capability, same]) => ({
    what: `capability ${capability}`,
    components: same.map(({ component }) => component),
    capability,
  }));
}

/** The level that runs all components, and those that want no lower one. */
function stability(requirements: readonly RequirementOf[]): PodGrants["stability"] {
  const wanted = requiredOf(requirements, "stability");
  const level =
    stabilityLevels.findLast((candidate) =>
      wanted.some(({ requirement }) => requirement.level === candidate),
    ) ?? stabilityLevels[0];
  const components = wanted.filter(({ requirement }) => requirement.level === level);
  return {
    what: `stability level ${level}`,
    components: components.map(({ component }) => component),
    level,
  };
}
