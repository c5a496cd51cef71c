import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticsError } from "../lib/environment";
import { bindings } from "./generate-alloy/bindings";
import {
  bindingsFolder,
  dataText,
  generatedBindings,
  readDescriptions,
  readSchema,
} from "./generate-alloy/schema";
import { writeGenerated } from "./generated-files";

// Writes imports/alloy/*.ts anew from the data beside them, and that data in lines that can be reviewed. What it imports
// must not need them.
const { folder } = generatedBindings;
const data = readdirSync(bindingsFolder)
  .filter((name) => name.endsWith(".json"))
  .map((name): [string, string] => [
    name,
    dataText(JSON.parse(readFileSync(join(bindingsFolder, name), "utf8"))),
  ]);
try {
  const done = writeGenerated({
    script: "generate:alloy",
    files: new Map(
      [...data, ...bindings(readSchema(), readDescriptions())].map(([name, text]) => [
        `${folder}/${name}`,
        text,
      ]),
    ),
    all: generatedBindings,
  });
  console.error(`${folder}: ${done}`);
} catch (error) {
  if (!(error instanceof DiagnosticsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
