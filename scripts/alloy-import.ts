import { definitions } from "../imports/alloy/definitions";
import { check } from "../lib/alloy";
import { parseWords, run, UsageError } from "../lib/synthesis";
import { formatted, importConfig } from "./alloy-import/source";
import { counted } from "./counted";
import { lineOf, readConfig } from "./read-config";

const usage = `Writes an Alloy config as TypeScript: npm run --silent alloy:import -- [--project PATH] config.alloy > config.ts

The program prints the same config. Mistakes of the config are told, and nothing is printed.

  --project PATH  the way from the program's folder to this project, for its imports. Default: .`;

run(
  () => {
    const { values, positionals } = parseWords("alloy:import", process.argv.slice(2), {
      project: { type: "string" },
    });
    if (values.help) return { notices: [], summary: usage };
    const [file, other] = positionals;
    if (file === undefined || other !== undefined) {
      throw new UsageError(
        "one config is taken; write npm run --silent alloy:import -- config.alloy > config.ts",
      );
    }
    const config = readConfig(file);
    const mistakes = check(config, { definitions }).filter(({ severity }) => severity === "error");
    if (mistakes.length > 0) {
      const counts = `${counted(mistakes.length, "error")}, nothing is printed`;
      return { notices: [], summary: [...mistakes.map(lineOf), counts].join("\n"), exitCode: 1 };
    }
    const { project = "." } = values;
    const { source, components, untyped } = importConfig(config, definitions, { file, project });
    return {
      notices: [],
      answer: formatted(source),
      summary: `${counted(components, "block")}, ${counted(untyped, "expression")} without a type of their own`,
    };
  },
  "nothing is printed",
  2,
);
