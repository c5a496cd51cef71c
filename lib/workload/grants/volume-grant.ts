import type { Volume, VolumeMount } from "../kubernetes";
import type { Grant } from "./required-by";

/** A volume of the pod and where the agent mounts it. */
export interface VolumeGrant extends Grant {
  readonly volume: Volume;
  readonly mounts: readonly VolumeMount[];
}
