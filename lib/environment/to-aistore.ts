import type { AistoreCluster } from "./environment";
import type { Settings } from "./settings";

type Cluster = Settings["aistore"][number];

/** The AIStore clusters of an environment, each with the way in which its certificate is verified. */
export function toAistore({ aistore, scrape }: Settings): readonly AistoreCluster[] {
  const all = scrape.https === true || scrape.https === "true";
  return aistore.map((cluster) => {
    const { namespace, name, https = all } = cluster;
    return https ? { namespace, name, tls: tlsOf(cluster) } : { namespace, name };
  });
}

function tlsOf({ ca_secret, ca_key, server_name }: Cluster): NonNullable<AistoreCluster["tls"]> {
  if (ca_secret === undefined) return { verified: false };
  const serverName = server_name === undefined ? {} : { serverName: server_name };
  return { verified: true, ca: { secret: ca_secret, key: ca_key }, ...serverName };
}
