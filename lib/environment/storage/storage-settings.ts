import * as z from "zod/mini";
import { stabilityLevels } from "../../alloy/requirement";
import { defaulted, optional, section, worded } from "../setting";
import { mistakes, oneOf, yesOrNo } from "../setting-types";
import { defaultStoragePath, storagePathMistakes } from "./storage-path";

/** Where the agent keeps positions and queues. */
export const storage = section(
  {
    path: optional(
      worded(
        z.string().check(mistakes((path) => (path === "none" ? [] : storagePathMistakes(path)))),
        "absolute path on the nodes, or `none`",
      ),
      {
        description:
          "The folder of the node where the agent keeps what outlives it: positions in logs, and queues. Or none: a restart reads logs again.",
        unset: defaultStoragePath("<namespace>"),
        example: "/mnt/data/alloy",
      },
    ),
  },
  "What the agent keeps on its node.",
);

export const stability = optional(oneOf(stabilityLevels), {
  description: "The highest of Alloy's stability levels that components may have.",
  unset: "what the components need",
});

export const memoryLimiter = defaulted(yesOrNo(), true, {
  description: "false: metrics are taken however much memory is in use, until the container's limit ends it.",
});
