import type { HostPathRequirement, RequirementOf } from "../../alloy/requirement";
import { WorkloadError } from "../workload-error";
import { groupBy, type Required, requiredOf } from "./required";
import type { VolumeGrant } from "./volume-grant";

type RequiredPath = Required<HostPathRequirement>;

/**
 * The node's paths that components read, a volume for each name, by name.
 *
 * Where several components want a path, it is writable as soon as one of them writes, and shows later mounts as soon
 * as one of them wants to see them.
 *
 * @throws WorkloadError when two requirements of one name, or for one place in the container, disagree
 */
export function hostPathVolumes(requirements: readonly RequirementOf[]): readonly VolumeGrant[] {
  const paths = requiredOf(requirements, "hostPath");
  for (const mounted of groupBy(paths, ({ requirement }) => requirement.mountPath).values()) {
    mounted.reduce(merge);
  }
  const byName = [...groupBy(paths, ({ requirement }) => requirement.name)];
  return byName.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, named]) => volumeOf(named));
}

function volumeOf(paths: readonly RequiredPath[]): VolumeGrant {
  const { name, hostPath, mountPath, type, readOnly = true, propagation } = paths.reduce(merge).requirement;
  return {
    what: `mount ${hostPath}`,
    components: paths.map(({ component }) => component),
    volume: { name, hostPath: { path: hostPath, ...(type === undefined ? {} : { type }) } },
    mounts: [
      {
        name,
        mountPath,
        ...(readOnly ? { readOnly } : {}),
        ...(propagation === undefined ? {} : { mountPropagation: propagation }),
      },
    ],
  };
}

/** What satisfies both. */
function merge(a: RequiredPath, b: RequiredPath): RequiredPath {
  for (const property of ["name", "hostPath", "mountPath", "type"] as const) {
    const [ofA, ofB] = [a.requirement[property], b.requirement[property]];
    if (ofA !== ofB && ofA !== undefined && ofB !== undefined) {
      throw new WorkloadError(
        `${a.component} and ${b.component} disagree on the ${property} of volume ${a.requirement.name}: ${ofA} and ${ofB}`,
      );
    }
  }
  const readOnly = (a.requirement.readOnly ?? true) && (b.requirement.readOnly ?? true);
  return { component: a.component, requirement: { ...a.requirement, ...b.requirement, readOnly } };
}
