import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { definitions } from "../imports/alloy/definitions";
import { check, parse } from "../lib/alloy";
import { formatted, importConfig } from "./alloy-import/source";
import { counted } from "./counted";

const usage = `Writes an Alloy config as TypeScript: npm run --silent alloy:import -- [--project PATH] config.alloy > config.ts

The program prints the same config. Mistakes of the config are told, and nothing is printed.

  --project PATH  the way from the program's folder to this project, for its imports. Default: .`;

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: "string", default: "." }, help: { type: "boolean" } },
  });
  const [file, other] = positionals;
  if (values.help === true || file === undefined || other !== undefined) {
    console.error(usage);
    return values.help === true ? 0 : 2;
  }
  const config = parse(readFileSync(file, "utf8"), { file });
  const mistakes = check(config, { definitions }).filter(({ severity }) => severity === "error");
  for (const { at, message } of mistakes) console.error(`${at}: ${message}`);
  if (mistakes.length > 0) {
    console.error(`${counted(mistakes.length, "error")}, nothing is printed`);
    return 1;
  }
  const { source, components, untyped } = importConfig(config, definitions, {
    file,
    project: values.project,
  });
  process.stdout.write(formatted(source));
  console.error(
    `${counted(components, "block")}, ${counted(untyped, "expression")} without a type of their own`,
  );
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
