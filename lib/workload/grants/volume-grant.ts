import type { k8s } from "../kubernetes";
import type { Grant } from "./required-by";

/** A volume of the pod and where the agent mounts it. */
export interface VolumeGrant extends Grant {
  readonly volume: k8s.Volume;
  readonly mounts: readonly k8s.VolumeMount[];
}
