import { containersOf, mapAt, mapsAt, type Part, podOf, textsAt } from "./pod-fields";
import { type Check, said } from "./violation";

// What the level `restricted` forbids, or asks for, besides what `baseline` forbids. Pods of Windows are no concern.
// Source: as of baseline.ts.

const volumeTypes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Everything of a pod that `restricted` doesn't admit, and `baseline` does. */
export const restrictedChecks: readonly Check[] = [
  ({ spec }) =>
    mapsAt(spec, "volumes").flatMap((volume) =>
      volumeTypes.some((type) => volume[type] !== undefined)
        ? []
        : [{ what: `volume ${volume.name}`, volume: String(volume.name) }],
    ),
  ofEach(
    ({ securityContext }) => securityContext.allowPrivilegeEscalation === false,
    "may escalate its privileges",
  ),
  (pod) => {
    const { runAsNonRoot } = podOf(pod).securityContext;
    return said(
      containersOf(pod).flatMap(({ name, securityContext }) =>
        (securityContext.runAsNonRoot ?? runAsNonRoot) === true ? [] : [`${name} may run as root`],
      ),
    );
  },
  (pod) =>
    said(
      [podOf(pod), ...containersOf(pod)].flatMap(({ name, securityContext }) =>
        securityContext.runAsUser === 0 ? [`${name} runs as root`] : [],
      ),
    ),
  (pod) => {
    const ofPod = seccomp(podOf(pod));
    return said(
      containersOf(pod).flatMap((part) =>
        ["RuntimeDefault", "Localhost"].includes(String(seccomp(part) ?? ofPod))
          ? []
          : [`${part.name} has no seccomp profile`],
      ),
    );
  },
  ofEach(
    ({ securityContext }) => textsAt(mapAt(securityContext, "capabilities"), "drop").includes("ALL"),
    "keeps capabilities",
  ),
  (pod) =>
    containersOf(pod).flatMap(({ fields, securityContext }) =>
      textsAt(mapAt(securityContext, "capabilities"), "add")
        .filter((capability) => capability !== "NET_BIND_SERVICE")
        .map((capability) => ({
          what: `capability ${capability}`,
          capability,
          container: String(fields.name),
        })),
    ),
];

function seccomp({ securityContext }: Part) {
  return mapAt(securityContext, "seccompProfile").type;
}

/** What each container must have by itself. */
function ofEach(has: (container: Part) => boolean, otherwise: string): Check {
  return (pod) => said(containersOf(pod).flatMap((part) => (has(part) ? [] : [`${part.name} ${otherwise}`])));
}
