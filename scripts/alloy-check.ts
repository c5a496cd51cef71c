import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { definitions } from "../imports/alloy/definitions";
import { check, type Diagnostic, type StabilityLevel, stabilityLevels } from "../lib/alloy";
import { parseWords, run, UsageError } from "../lib/synthesis";
import { counted } from "./counted";
import { lineOf, readConfig } from "./read-config";

const usage = `Checks Alloy configs: npm run alloy:check -- [--stability LEVEL] FILE...

A folder stands for the files in it that end in .alloy. What Alloy would refuse is an error, and the exit code is 1; a
warning is what has no effect.

  --stability LEVEL  the agent's --stability.level: ${stabilityLevels.join(", ")}. Default: any`;

run(
  () => {
    const { values, positionals } = parseWords("alloy:check", process.argv.slice(2), {
      stability: { type: "string" },
    });
    if (values.help) return { notices: [], summary: usage };
    if (positionals.length === 0) {
      throw new UsageError("the files are missing; write npm run alloy:check -- FILE...");
    }
    const stability = stabilityLevels.find((level) => level === values.stability);
    if (values.stability !== undefined && stability === undefined) {
      throw new UsageError(`--stability ${values.stability}: write one of ${stabilityLevels.join(", ")}`);
    }
    const files = positionals.flatMap(filesOf);
    const found = files.flatMap((file) => diagnosticsOf(file, stability));
    const errors = found.filter(({ severity }) => severity === "error").length;
    const counts = [
      counted(files.length, "file"),
      counted(errors, "error"),
      counted(found.length - errors, "warning"),
    ];
    const answer = [...found.map(lineOf), counts.join(", ")].map((line) => `${line}\n`).join("");
    return { notices: [], answer, exitCode: errors > 0 ? 1 : 0 };
  },
  "nothing was checked",
  2,
);

function diagnosticsOf(file: string, stability: StabilityLevel | undefined): readonly Diagnostic[] {
  return check(readConfig(file), { definitions, stability });
}

/** The files that a path stands for. What isn't there is told where it is read. */
function filesOf(path: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
  const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".alloy"),
  );
  if (files.length === 0) throw new UsageError(`${path} holds no file that ends in .alloy; name a file`);
  return files.sort().map((name) => join(path, name));
}
