import * as z from "zod/mini";
import { isRecord } from "./kind";
import { defaulted, optional, required } from "./setting";
import { hostName, labelName, objectName, secretKey, yesOrNo } from "./setting-types";

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

/** A cluster that is named twice would be scraped twice. It is told beside what is wrong with others. */
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

const usualCluster = { namespace: "ais", name: "ais" };

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
