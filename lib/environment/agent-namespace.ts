import { isRecord } from "./kind";
import type { PlainSettings } from "./plain-settings";
import type { Report } from "./report";

/** The namespace of the agent and of everything that belongs to it, unless an environment names another. */
export const defaultNamespace = "monitoring";

/** Namespaces that each cluster has by itself. */
const kubernetesOwn = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** What the agent's namespace asks of others: one that others own isn't made here, and its level is theirs to say. */
export function checkNamespace(settings: PlainSettings, report: Report): void {
  const { namespace, create_namespace: isMade } = settings;
  if (report.has(["namespace"]) || report.has(["create_namespace"])) return;
  if (isMade === false) {
    if (settings.pod_security !== undefined) {
      report.add(["pod_security"], "has no effect with create_namespace: false; remove one of the two");
    }
    return;
  }
  const owner = typeof namespace === "string" ? ownerOf(namespace, settings) : undefined;
  if (owner !== undefined) {
    report.add(["namespace"], `is ${owner} own; write create_namespace: false too, or another`);
  }
}

function ownerOf(namespace: string, { aistore }: PlainSettings): string | undefined {
  if (kubernetesOwn.includes(namespace)) return "Kubernetes'";
  const clusters: readonly unknown[] = Array.isArray(aistore) ? aistore : [{ namespace: "ais" }];
  return clusters.some((cluster) => isRecord(cluster) && cluster.namespace === namespace)
    ? "AIStore's"
    : undefined;
}
