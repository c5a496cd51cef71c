import { isRecord } from "./kind";
import { type PlainSettings, sectionOf } from "./plain-settings";
import type { Report } from "./report";

/** What the settings of an AIStore cluster say of its certificate. */
const tlsNames = ["ca_secret", "ca_key", "server_name", "insecure"] as const;

/**
 * What the settings of each AIStore cluster ask of each other. That a certificate is not verified must be asked for by
 * name, except where `scrape.https` stands alone, as it does in files from before there was a name for it.
 */
export function checkAistore(settings: PlainSettings, report: Report): void {
  const { https: all } = sectionOf(settings, "scrape");
  const clusters = Array.isArray(settings.aistore) ? settings.aistore : [];
  for (const [index, cluster] of clusters.entries()) {
    const own = isRecord(cluster) && cluster.https !== undefined;
    const isWrong = report.has(own ? ["aistore", index, "https"] : ["scrape", "https"]);
    if (isRecord(cluster) && !isWrong) {
      const isHttps = own ? cluster.https === true : all === true || all === "true";
      checkCluster({ cluster, index, report }, isHttps);
    }
  }
}

interface Place {
  readonly cluster: PlainSettings;
  readonly index: number;
  readonly report: Report;
}

function checkCluster({ cluster, index, report }: Place, isHttps: boolean): void {
  const keyOf = (name: string) => ["aistore", index, name];
  const isSet = (name: string) => cluster[name] !== undefined && cluster[name] !== false;
  if (!isHttps) {
    const first = tlsNames.find(isSet);
    if (first !== undefined) {
      report.add(keyOf(first), "has no effect without https; write https: true too, or remove this");
    }
    return;
  }
  if (isSet("ca_secret") || report.has(keyOf("ca_secret"))) {
    if (cluster.insecure === true) {
      report.add(
        keyOf("insecure"),
        "contradicts ca_secret, which verifies the certificate; remove one of the two",
      );
    }
    return;
  }
  const isAsked = cluster.https === true || cluster.insecure === false;
  if (cluster.insecure !== true && isAsked && !report.has(keyOf("insecure"))) {
    report.add(
      keyOf("ca_secret"),
      "is missing, so that the certificate can't be verified; write the name of the Secret with its CA, or insecure: true",
    );
    return;
  }
  const first = (["ca_key", "server_name"] as const).find(isSet);
  if (first !== undefined) {
    report.add(keyOf(first), "has no effect without ca_secret; write that too, or remove this");
  }
}
