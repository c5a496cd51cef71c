import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { settingsPage } from "./settings-page";

run(() => {
  const file = "docs/settings.md";
  const done = writeGenerated({ script: "generate:settings", files: new Map([[file, settingsPage()]]) });
  return { notices: [], summary: `${file}: ${done}` };
});
