import { writeGenerated } from "./generated-files";
import { settingsPage } from "./settings-page";

writeGenerated({ script: "generate:settings", files: new Map([["docs/settings.md", settingsPage()]]) });
