import { loadEnvironments } from "../lib/environment";
import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { pagesOf } from "./pages";

// Writes docs/environments anew: a page and a picture of each environment.
run(() => {
  const folder = "docs/environments";
  const pages = [...pagesOf(loadEnvironments("environments"))];
  writeGenerated({
    script: "generate:pages",
    files: new Map(pages.map(([name, text]) => [`${folder}/${name}`, text])),
    all: { folder, ending: /\.(md|svg)$/ },
  });
  return { notices: [] };
});
