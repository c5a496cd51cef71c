import * as z from "zod/mini";
import { labelName } from "./setting-types";

/** The settings of an AIStore cluster. */
export const aistoreCluster = z.strictObject({
  namespace: labelName({ description: "The namespace of the AIStore custom resource.", examples: ["ais"] }),
  name: labelName({ description: "The name of the AIStore custom resource.", examples: ["ais"] }),
});

/** A cluster that is named twice would be scraped twice. */
export const noDuplicates = z.check<z.output<typeof aistoreCluster>[]>(({ value, issues }) => {
  const seen = new Set<string>();
  for (const [index, { namespace, name }] of value.entries()) {
    const cluster = `${namespace}/${name}`;
    if (seen.has(cluster)) {
      issues.push({
        code: "custom",
        input: value,
        path: [index],
        message: `names ${cluster} again; remove it`,
      });
    }
    seen.add(cluster);
  }
});
