import * as z from "zod/mini";
import { stabilityLevels } from "../../alloy/requirement";
import { mistakes } from "../setting-types";
import { defaultStoragePath, storagePathMistakes } from "./storage-path";

/** Where the agent keeps positions and queues. */
export const storage = z.strictObject({
  path: z.exactOptional(
    z.string().check(
      mistakes((path) => (path === "none" ? [] : storagePathMistakes(path))),
      z.meta({
        description: `The folder of the node where the agent keeps what outlives it: positions in logs, and queues. Or none: a restart reads logs again. Unset: ${defaultStoragePath("<namespace>")}.`,
        examples: ["/mnt/data/alloy", "none"],
      }),
    ),
  ),
});

export const stability = z
  .exactOptional(z.enum(stabilityLevels))
  .check(
    z.describe(
      "The highest of Alloy's stability levels that components may have. Unset: what the components need.",
    ),
  );

export const memoryLimiter = z
  ._default(z.boolean(), true)
  .check(
    z.describe("false: data is taken however much memory is in use, until the container's limit ends it."),
  );
