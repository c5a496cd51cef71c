import { rmdirSync } from "node:fs";
import { formatProblem, type Problem, Problems } from "../environment";
import { WorkloadError } from "../workload/workload-error";
import { UsageError } from "./options";

/** What a command has to say, though nothing is wrong. */
export interface Outcome {
  /** What the operator should know. */
  readonly notices: readonly Problem[];
  /** What was done. @default - nothing is said */
  readonly summary?: string;
}

/**
 * Runs a command for an operator: a mistake in the settings, the command line or the chart's pins is printed as it is,
 * anything else is a fault of the program and keeps its stack trace. Either way the exit code is 1.
 *
 * @param failed is said after a mistake
 */
export function run(command: () => Outcome, failed = ""): void {
  try {
    const { notices, summary } = command();
    for (const notice of notices) say("notice: ", yellow, formatProblem(notice));
    if (summary !== undefined) console.error(summary);
  } catch (error) {
    if (!isOperators(error)) throw error;
    for (const line of error.message.split("\n")) say("", red, line);
    if (failed !== "") console.error(failed);
    process.exitCode = 1;
    tellCli(process.env.CDK8S_OUTDIR);
  }
}

const [red, yellow] = [31, 33];

/** With a colour where it is read on a terminal. https://no-color.org */
function say(before: string, colour: number, text: string): void {
  const isColoured = process.stderr.isTTY && process.stderr.hasColors();
  console.error(isColoured ? `\u001b[${colour}m${before}${text}\u001b[0m` : `${before}${text}`);
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
