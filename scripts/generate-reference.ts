import { run } from "../lib/synthesis";
import { writeGenerated } from "./generated-files";
import { referencePages } from "./reference/pages";

const folder = "docs/reference";

run(() => {
  const files = new Map([...referencePages()].map(([name, text]) => [`${folder}/${name}`, text]));
  const all = { folder, ending: /\.md$/ };
  return {
    notices: [],
    summary: `${folder}: ${writeGenerated({ script: "generate:reference", files, all })}`,
  };
});
