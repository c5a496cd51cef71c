import { DiagnosticsError } from "../lib/environment";
import { run, tellFileErrors } from "../lib/synthesis";
import { migrate } from "./migrate/migrate";
import { nextSteps, telemetryDifferences } from "./migrate/next-steps";
import { parseMigrateOptions, usage } from "./migrate/options";
import { writeFiles } from "./migrate/output";

// Writes environment files of today's helmfile, and says what becomes of each of its lines.
run(() => {
  const options = parseMigrateOptions(process.argv.slice(2));
  if (options === undefined) return { notices: [], summary: usage };
  const { migrated, files, report } = tellFileErrors(options.output, () => migrate(options));
  const written = writeFiles(files, options.output, options.overwrite);
  for (const line of report.lines) console.log(line);
  if (migrated.length > 0) {
    console.log("\nWhat differs in what is sent; docs/differences.md says why, and how to go back:");
    for (const line of telemetryDifferences()) console.log(`- ${line}`);
    const environments = migrated.map(({ environment }) => environment);
    console.log(`\n${nextSteps(environments, options.output).join("\n")}\n`);
  }
  const changed = written.length === 0 ? "nothing changed" : `written: ${written.join(", ")}`;
  const count = `${report.environments} ${report.environments === 1 ? "environment" : "environments"}`;
  const summary =
    migrated.length === 0 ? "nothing was written" : `${migrated.length} of ${count}, ${changed}`;
  if (report.problems.length === 0) return { notices: [], summary };
  console.error(summary);
  throw new DiagnosticsError(report.problems);
});
