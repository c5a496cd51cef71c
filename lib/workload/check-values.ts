import type { AlloyWorkloadProps } from "./alloy-workload-props";
import type { PodGrants } from "./grants/pod-grants";
import { imageValueErrors } from "./image-values";
import type { OwnVolume } from "./own-volumes";
import { ownedValueErrors } from "./owned-values";
import { unreadSecretErrors } from "./secrets/unread-secrets";
import { takenPortErrors } from "./taken-ports";

/**
 * Checks what an environment gives against what the workload adds by itself.
 *
 * @throws AggregateError of SettingErrors: all of them
 */
export function checkValues(props: AlloyWorkloadProps, grants: PodGrants, own: readonly OwnVolume[]): void {
  const { chartValues: values = {}, images, secrets = [], requirements } = props;
  const volumes = [...grants.volumes, ...grants.secrets];
  const mounts = [...volumes.flatMap((granted) => granted.mounts), ...own.map(({ mount }) => mount)];
  const owned = ownedValueErrors(values, {
    volumes: [...volumes, ...own].map(({ volume }) => volume.name),
    mountPaths: mounts.map(({ mountPath }) => mountPath),
  });
  const errors = [
    ...owned,
    ...(images === undefined ? [] : imageValueErrors(values, images)),
    ...unreadSecretErrors(secrets, requirements),
    ...takenPortErrors(props),
  ];
  if (errors.length > 0) {
    throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
  }
}
