import type { AistoreCluster, Environment } from "../environment";
import { aistoreSourceId } from "../pipeline";
import { code } from "./markdown";

/** What each source of an environment's pipeline reads, in words, by its id. */
export function sourceWords(environment: Environment): ReadonlyMap<string, string> {
  return new Map([
    ["node", `The node: processors, memory, disks, file systems ${network(environment)}`],
    ["containers", `The containers of ${environment.containerRuntime}: processor, memory and network`],
    ...environment.aistore.map(
      (cluster) =>
        [
          aistoreSourceId(cluster),
          `AIStore ${code(cluster.name)} in namespace ${code(cluster.namespace)}: its proxies and targets, ${protocol(cluster)}`,
        ] as const,
    ),
    ["kube-state-metrics", "Kubernetes objects: what kube-state-metrics knows, if it runs on the node"],
    ["pod-logs", "The logs of all containers on the node"],
  ]);
}

function protocol({ tls }: AistoreCluster): string {
  if (tls === undefined) return "over HTTP";
  if (!tls.verified) return "over HTTPS, with a certificate that is not verified";
  const name = tls.serverName === undefined ? "" : `, for the name ${code(tls.serverName)}`;
  return `over HTTPS, with a certificate that is verified by the key ${code(tls.ca.key)} of the Secret ${code(tls.ca.secret)}${name}`;
}

/** What is measured of the node's network: without the agent in it, the state of its interfaces alone. */
function network({ ethtool, hostNetwork }: Environment): string {
  if (!hostNetwork) return "and the state of its network interfaces (their traffic takes `host_network`)";
  const cards = ethtool === undefined ? "" : `; the network cards ${code(ethtool.deviceInclude)}`;
  return `and network${cards}`;
}
