import { rmdirSync } from "node:fs";
import { formatProblem, type Problem, Problems } from "../environment";
import { WorkloadError } from "../workload/workload-error";
import { UsageError } from "./options";

/**
 * Runs a command for an operator: a mistake in the settings, the command line or the chart's pins is printed as it is,
 * anything else is a fault of the program and keeps its stack trace. Either way the exit code is 1.
 *
 * @param command gives what the operator should know though nothing is wrong: that is printed too, and the exit code is 0
 */
export function run(command: () => readonly Problem[]): void {
  try {
    for (const notice of command()) console.error(formatProblem(notice));
  } catch (error) {
    if (!isOperators(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    tellCli(process.env.CDK8S_OUTDIR);
  }
}

function isOperators(error: unknown): error is Error {
  return error instanceof Problems || error instanceof UsageError || error instanceof WorkloadError;
}

/** With `--stdout` the cdk8s CLI makes its output folder itself; only its absence tells it that synth failed. */
function tellCli(outdir: string | undefined): void {
  if (outdir === undefined) return;
  try {
    rmdirSync(outdir);
  } catch {
    // It is not there, or it holds something: then it is not the folder that the CLI has just made.
  }
}
