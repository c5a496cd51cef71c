import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindings } from "./generate-alloy/bindings";
import { bindingsFolder, dataText } from "./generate-alloy/schema";

// Writes imports/alloy/*.ts anew from the data beside them, and that data in lines that can be reviewed.
for (const name of readdirSync(bindingsFolder)) {
  const file = join(bindingsFolder, name);
  if (name.endsWith(".ts")) rmSync(file);
  if (name.endsWith(".json")) writeFileSync(file, dataText(JSON.parse(readFileSync(file, "utf8"))));
}
for (const [name, text] of bindings()) writeFileSync(join(bindingsFolder, name), text);
