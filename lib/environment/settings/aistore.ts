import * as z from "zod/mini";
import { isRecord, type PlainSettings, type Report, sectionOf } from "../../schema";
import { hostName } from "../schema/addresses";
import {
  defaulted,
  labelName,
  objectName,
  optional,
  required,
  secretKey,
  yesOrNo,
} from "../schema/setting-types";
import type { SecretKey } from "./destination";
import type { Settings } from "./settings";

/** An AIStore custom resource. */
export interface AistoreCluster {
  readonly namespace: string;
  readonly name: string;
  /** How its metrics are scraped over HTTPS. @default - over HTTP */
  readonly tls?: AistoreTls | undefined;
}

/** Whether a cluster's certificate is verified: by a CA in a Secret of the agent's namespace, or not at all. */
export type AistoreTls =
  | { readonly verified: false }
  | {
      readonly verified: true;
      readonly ca: SecretKey;
      /** The name in the certificate. @default - the pod's address */
      readonly serverName?: string | undefined;
    };

/** The settings of an AIStore cluster. */
export const aistoreCluster = z.strictObject({
  namespace: required(labelName(), {
    description: "The namespace of the AIStore custom resource.",
    example: "ais",
  }),
  name: required(labelName(), { description: "The name of the AIStore custom resource.", example: "ais" }),
  https: optional(yesOrNo(), {
    description: "Scrape this cluster over HTTPS, verified by ca_secret or with insecure.",
    unset: "as scrape.https says",
  }),
  ca_secret: optional(objectName(), {
    description: "The Secret with the CA that signed the cluster's certificate, in the agent's namespace.",
    unset: "the certificate is not verified, which insecure has to say unless scrape.https does",
    example: "ais-ca",
  }),
  ca_key: defaulted(secretKey(), "ca.crt", { description: "The CA's key in that Secret." }),
  server_name: optional(hostName(), {
    description: "The name in the cluster's certificate.",
    unset: "the pod's address, by which it is scraped",
    example: "ais-proxy.ais.svc",
  }),
  insecure: defaulted(yesOrNo(), false, {
    description: "true: the cluster's certificate is not verified.",
  }),
});

/** Reports a cluster that is named twice, and would be scraped twice; even where other clusters have mistakes of their own. */
const noDuplicates = z.check<z.output<typeof aistoreCluster>[]>(
  ({ value, issues }) => {
    const seen = new Set<string>();
    for (const [index, cluster] of Array.isArray(value) ? value.entries() : []) {
      const { namespace, name } = isRecord(cluster) ? cluster : {};
      if (typeof namespace !== "string" || typeof name !== "string") continue;
      const both = `${namespace}/${name}`;
      if (seen.has(both)) {
        const message = `names ${both} again; remove it`;
        issues.push({ code: "custom", input: value, path: [index], message });
      }
      seen.add(both);
    }
  },
  { when: () => true },
);

/** The AIStore cluster that is scraped where a file names none. */
export const usualCluster = { namespace: "ais", name: "ais" };

/** The AIStore clusters to scrape. */
export const aistore = defaulted(
  z.array(aistoreCluster).check(
    z.minLength(1, {
      error: `names no AIStore cluster; leave it out for ${usualCluster.name} in namespace ${usualCluster.namespace}, or name one`,
    }),
    noDuplicates,
  ),
  [usualCluster],
  { description: "The AIStore clusters to scrape." },
);

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
    const key = ["aistore", index, "https"];
    const own = isRecord(cluster) && (cluster.https !== undefined || report.has(key));
    const isWrong = report.has(own ? key : ["scrape", "https"]);
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

type Cluster = Settings["aistore"][number];

/** The AIStore clusters of an environment, each with the way in which its certificate is verified. */
export function toAistore({ aistore, scrape }: Settings): readonly AistoreCluster[] {
  const all = scrape.https === true || scrape.https === "true";
  return aistore.map((cluster) => {
    const { namespace, name, https = all } = cluster;
    return https ? { namespace, name, tls: tlsOf(cluster) } : { namespace, name };
  });
}

function tlsOf({ ca_secret, ca_key, server_name }: Cluster): AistoreTls {
  if (ca_secret === undefined) return { verified: false };
  const serverName = server_name === undefined ? {} : { serverName: server_name };
  return { verified: true, ca: { secret: ca_secret, key: ca_key }, ...serverName };
}
