import { baselineChecks } from "./baseline";
import type { PodTemplate } from "./pod-fields";
import { restrictedChecks } from "./restricted";
import type { Check, Violation } from "./violation";

/** Kubernetes' Pod Security levels, from the one that admits the least. */
export const podSecurityLevels = ["restricted", "baseline", "privileged"] as const;

export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** The lowest level that admits a pod, and what of the pod the level below doesn't admit. */
export interface PodSecurity {
  readonly level: PodSecurityLevel;
  /** Empty at the lowest level. */
  readonly violations: readonly Violation[];
}

export function podSecurityOf(pod: PodTemplate): PodSecurity {
  const ofBaseline = violationsOf(pod, baselineChecks);
  if (ofBaseline.length > 0) return { level: "privileged", violations: ofBaseline };
  const ofRestricted = violationsOf(pod, restrictedChecks);
  return { level: ofRestricted.length > 0 ? "baseline" : "restricted", violations: ofRestricted };
}

function violationsOf(pod: PodTemplate, checks: readonly Check[]): readonly Violation[] {
  return checks.flatMap((check) => check(pod));
}
