import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readDecisions } from "./alloy-upgrade/decisions";
import { rebuild } from "./alloy-upgrade/rebuild";
import { AlloySources } from "./alloy-upgrade/sources";
import { readVersion } from "./alloy-upgrade/version-sources";
import { contradictions } from "./alloy-versions/history";
import { historyWith, readHistory } from "./alloy-versions/history-with";
import { bindingsFolder, dataText, readSchema } from "./generate-alloy/schema";

/*
 * Reads from Alloy's sources which version brought what, and writes it beside the schema, with the versions that are
 * named. The sources come from the Go module proxy or, where `--git` names a clone of github.com/grafana/alloy, from its
 * tags. Needs Go, and for a version that is older than that of the bindings the sources of all that were read before.
 *
 *   npm run alloy:versions -- [VERSION]… [--git FOLDER]
 *   npm run alloy:versions -- --check [VERSION]…    holds what is written against these, and writes nothing
 *   npm run alloy:versions -- --print VERSION       prints the components of a version
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { git: { type: "string" }, print: { type: "boolean" }, check: { type: "boolean" } },
});
const sources = new AlloySources(values.git);
try {
  run();
} finally {
  sources.close();
}

function run(): void {
  const bound = readSchema().alloy.version;
  if (values.print) {
    for (const version of positionals) process.stdout.write(dataText(schemaOf(version)));
  } else if (values.check) {
    const wrong = [
      ...schemaMistakes(bound),
      ...contradictions(readHistory(), schemasOf([bound, ...positionals])),
    ];
    for (const one of wrong) console.error(one);
    if (wrong.length > 0) process.exitCode = 1;
  } else {
    writeFileSync(join(bindingsFolder, "versions.json"), dataText(historyWith(positionals, bound, sources)));
  }
}

/** Whether the schema that is written is what the sources of its version, its documentation and the decisions give. */
function schemaMistakes(bound: string): readonly string[] {
  const { schema, open } = rebuild(readVersion(sources, bound), readDecisions());
  if (open.length === 0 && dataText(schema) === dataText(readSchema())) return [];
  return [
    `imports/alloy/schema.json is not what the sources of ${bound} give: npm run alloy:upgrade -- ${bound}`,
  ];
}

function schemasOf(versions: readonly string[]) {
  return new Map([...new Set(versions)].map((version) => [version, schemaOf(version)]));
}

function schemaOf(version: string) {
  return sources.schemaOf(sources.of(version));
}
