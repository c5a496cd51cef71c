import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { definitions } from "../imports/alloy/definitions";
import { check, type Diagnostic, parse, type StabilityLevel, stabilityLevels } from "../lib/alloy";
import { counted } from "./counted";

const usage = `Checks Alloy configs: npm run alloy:check -- [--stability LEVEL] FILE...

A folder stands for the files in it that end in .alloy. What Alloy would refuse is an error, and the exit code is 1; a
warning is what has no effect.

  --stability LEVEL  the agent's --stability.level: ${stabilityLevels.join(", ")}. Default: any`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stability: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help === true || positionals.length === 0) {
    console.log(usage);
    return values.help === true ? 0 : 2;
  }
  const stability = stabilityLevels.find((level) => level === values.stability);
  if (values.stability !== undefined && stability === undefined) {
    throw new Error(`--stability ${values.stability}: write one of ${stabilityLevels.join(", ")}`);
  }
  const files = positionals.flatMap(filesOf);
  const found = files.flatMap((file) => diagnosticsOf(file, stability));
  for (const { severity, at, message } of found) {
    console.log(`${at}: ${severity === "warning" ? "warning: " : ""}${message}`);
  }
  const errors = found.filter(({ severity }) => severity === "error").length;
  console.log(
    `${counted(files.length, "file")}, ${counted(errors, "error")}, ${counted(found.length - errors, "warning")}`,
  );
  return errors > 0 ? 1 : 0;
}

function diagnosticsOf(file: string, stability: StabilityLevel | undefined): readonly Diagnostic[] {
  return check(parse(readFileSync(file, "utf8"), { file }), { definitions, stability });
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".alloy"))
    .sort()
    .map((name) => join(path, name));
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
