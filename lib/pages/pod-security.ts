import type { AgentPodSecurity } from "../workload/pod-security/agent-pod-security";
import { code, table } from "./markdown";
import { sorted } from "./sorted";

/** What the Pod Security level below doesn't admit of an environment's pod. */
const below = { restricted: "", baseline: "restricted", privileged: "baseline" } as const;

/**
 * The Pod Security level of the agent's namespace, and why it is no lower.
 *
 * @param isMade whether the Namespace is, with its level
 */
export function podSecurityWords({ level, needed, reasons }: AgentPodSecurity, isMade: boolean): string {
  const asked = !isMade
    ? `The namespace is made by others, as ${code("create_namespace")} says. It has to admit the level ${code(needed)}, the lowest that admits the agent's pod.`
    : level === needed
      ? `The namespace's level is ${code(level)}, the lowest that admits the agent's pod.`
      : `The namespace's level is ${code(level)}, as ${code("pod_security")} says. The lowest that admits the agent's pod is ${code(needed)}.`;
  if (reasons.length === 0) return asked;
  const rows = reasons.map(({ what, components }) => [what, sorted(components)]);
  return [asked, table([`What ${code(below[needed])} doesn't admit`, "Needed by"], rows)].join("\n\n");
}
