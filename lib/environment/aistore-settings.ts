import * as z from "zod/mini";
import { isRecord } from "./kind";
import { hostName, labelName, objectName, secretKey } from "./setting-types";

/** The settings of an AIStore cluster. */
export const aistoreCluster = z.strictObject({
  namespace: labelName({ description: "The namespace of the AIStore custom resource.", examples: ["ais"] }),
  name: labelName({ description: "The name of the AIStore custom resource.", examples: ["ais"] }),
  https: z.exactOptional(
    z.boolean().check(z.describe("Scrape this cluster over HTTPS. Unset: as scrape.https says.")),
  ),
  ca_secret: z.exactOptional(
    objectName({
      description:
        "The Secret with the CA that signed the cluster's certificate, in the agent's namespace. Unset: the certificate is not verified, which insecure has to say unless scrape.https does.",
      examples: ["ais-ca"],
    }),
  ),
  ca_key: z.exactOptional(
    secretKey({ description: "The CA's key in that Secret. Unset: ca.crt.", examples: ["ca.crt"] }),
  ),
  server_name: z.exactOptional(
    hostName({
      description: "The name in the cluster's certificate. Unset: the pod's address, by which it is scraped.",
      examples: ["ais-proxy.ais.svc"],
    }),
  ),
  insecure: z.exactOptional(
    z.boolean().check(z.describe("true: the cluster's certificate is not verified.")),
  ),
});

/** A cluster that is named twice would be scraped twice. It is told beside what is wrong with others. */
export const noDuplicates = z.check<z.output<typeof aistoreCluster>[]>(
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
