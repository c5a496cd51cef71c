import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { metricsPage } from "./metrics-page";

const path = "docs/metrics.md";

run(() => {
  const done = writeGenerated({ script: "generate:metrics", files: new Map([[path, metricsPage()]]) });
  return { notices: [], summary: `${path}: ${done}` };
});
