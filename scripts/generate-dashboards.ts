import { join } from "node:path";
import { allDashboards } from "../lib/monitoring";
import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";

run(() => {
  const folder = "dashboards";
  const files = new Map(allDashboards().map(({ uid, text }) => [join(folder, `${uid}.json`), text]));
  const all = { folder, ending: /\.json$/ };
  const done = writeGenerated({ script: "generate:dashboards", files, all });
  return { notices: [], summary: `${folder}: ${done}` };
});
