import type { Environment } from "../environment";
import { aistoreSourceId } from "../pipeline";
import { code } from "./markdown";

/** What each source of an environment's pipeline reads, in words, by its id. */
export function sourceWords(environment: Environment): ReadonlyMap<string, string> {
  const protocol = environment.scrape.https ? "HTTPS" : "HTTP";
  return new Map([
    ["node", `The node: processors, memory, disks, file systems and network${networkCards(environment)}`],
    ["containers", `The containers of ${environment.containerRuntime}: processor, memory and network`],
    ...environment.aistore.map(
      (cluster) =>
        [
          aistoreSourceId(cluster),
          `AIStore ${code(cluster.name)} in namespace ${code(cluster.namespace)}: its proxies and targets, over ${protocol}`,
        ] as const,
    ),
    ["kube-state-metrics", "Kubernetes objects: what kube-state-metrics knows, if it runs on the node"],
    ["pod-logs", "The logs of all containers on the node"],
  ]);
}

/** Statistics of a network card can be read from within its network only. */
function networkCards({ ethtool, hostNetwork }: Environment): string {
  if (ethtool === undefined) return "";
  const whose = hostNetwork ? "" : " of the pod (not the node's, without `host_network`)";
  return `; the network cards ${code(ethtool.deviceInclude)}${whose}`;
}
