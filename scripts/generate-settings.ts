import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { settingsPages } from "./settings-page";

run(() => {
  const done = writeGenerated({ script: "generate:settings", files: settingsPages() });
  return { notices: [], summary: `docs: ${done}` };
});
