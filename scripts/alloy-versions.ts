import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseWords, run } from "../lib/synthesis";
import { readDecisions } from "./alloy-upgrade/decisions";
import { rebuild } from "./alloy-upgrade/rebuild";
import { AlloySources } from "./alloy-upgrade/sources";
import { readVersion } from "./alloy-upgrade/version-sources";
import { contradictions } from "./alloy-versions/history";
import { historyWith, readHistory } from "./alloy-versions/history-with";
import { bindingsFolder, dataText, readSchema } from "./generate-alloy/schema";

const usage = `Reads from Alloy's sources which version brought what, and writes it beside the schema, with the versions that are named.
The sources come from the Go module proxy or, where --git names a clone of github.com/grafana/alloy, from its tags. Needs
Go, and for a version that is older than that of the bindings the sources of all that were read before.

  npm run alloy:versions -- [VERSION]… [--git FOLDER]
  npm run alloy:versions -- --check [VERSION]…    holds what is written against these, and writes nothing
  npm run alloy:versions -- --print VERSION       prints the components of a version
`;

run(() => {
  const { values, positionals } = parseWords("alloy:versions", process.argv.slice(2), {
    git: { type: "string" },
    print: { type: "boolean" },
    check: { type: "boolean" },
  });
  if (values.help) return { notices: [], summary: usage };
  const bound = readSchema().alloy.version;
  const sources = new AlloySources(values.git);
  try {
    if (values.print) {
      const schemas = positionals.map((version) => dataText(schemaOf(version, sources)));
      return { notices: [], answer: schemas.join("") };
    }
    if (!values.check) {
      writeFileSync(
        join(bindingsFolder, "versions.json"),
        dataText(historyWith(positionals, bound, sources)),
      );
      return { notices: [] };
    }
    const schemas = new Map(
      [...new Set([bound, ...positionals])].map((version) => [version, schemaOf(version, sources)]),
    );
    const wrong = [...schemaMistakes(bound, sources), ...contradictions(readHistory(), schemas)];
    if (wrong.length > 0) return { notices: [], summary: wrong.join("\n"), exitCode: 1 };
    return { notices: [], summary: "what is written is what the sources say" };
  } finally {
    sources.close();
  }
});

/** Whether the schema that is written is what the sources of its version, its documentation and the decisions give. */
function schemaMistakes(bound: string, sources: AlloySources): readonly string[] {
  const { schema, open } = rebuild(readVersion(sources, bound), readDecisions());
  if (open.length === 0 && dataText(schema) === dataText(readSchema())) return [];
  return [
    `imports/alloy/schema.json is not what the sources of ${bound} give: npm run alloy:upgrade -- ${bound}`,
  ];
}

function schemaOf(version: string, sources: AlloySources) {
  return sources.schemaOf(sources.of(version));
}
