import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindings } from "./generate-alloy/bindings";
import { bindingsFolder } from "./generate-alloy/schema";

// Writes imports/alloy/*.ts anew from the data beside them.
for (const name of readdirSync(bindingsFolder)) {
  if (name.endsWith(".ts")) rmSync(join(bindingsFolder, name));
}
for (const [name, text] of bindings()) writeFileSync(join(bindingsFolder, name), text);
