import { accessSync, constants, existsSync, rmdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { WorkloadError } from "../chart";
import {
  type Diagnostic,
  DiagnosticsError,
  distinct,
  fileDiagnostic,
  formatDiagnostic,
  shownPath,
} from "../environment";
import { escapedForTerminal } from "../schema";
import { UsageError } from "./options";

/** What is wrong, and what to do, by the code of a file system's error. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "may not be written; make it yours to write",
  EDQUOT: "can't be written, as your quota is used up; make room",
  EEXIST: "is a link that leads nowhere, or a file; name a folder",
  EISDIR: "is a folder where a file goes; move it away",
  ELOOP: "is a link that leads to itself; name a folder",
  EMFILE: "can't be opened, as too many files are; allow more of them",
  ENOENT: "can't be reached, or is a link that leads nowhere; name a folder",
  ENOSPC: "can't be written, as the disk is full; make room",
  ENOTDIR: "is below a file; name a folder",
  ENAMETOOLONG: "has a name that is too long; name another",
  EPERM: "may not be changed; make it yours to write",
  EROFS: "can't be written, as its file system is read-only; name another folder",
};

/**
 * Does some work with files.
 *
 * @param folder is named where an error names no file
 * @throws DiagnosticsError with one line where the file system refuses something
 */
export function tellFileErrors<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isFileError(error)) throw error;
    const code = error.code === "ENOENT" ? refusalAbove(error.path ?? folder) : error.code;
    const message = reasons[code] ?? `can't be written: ${code}`;
    throw new DiagnosticsError([fileDiagnostic(shownPath(error.path ?? folder), message)]);
  }
}

/** Why a path is not there: Node says so too of a folder that can't be made where nothing may be written. */
function refusalAbove(path: string): string {
  const above = dirname(resolve(path));
  try {
    if (existsSync(above)) accessSync(above, constants.W_OK);
    else return above === dirname(above) ? "ENOENT" : refusalAbove(above);
  } catch (error) {
    return isFileError(error) ? error.code : "ENOENT";
  }
  return "ENOENT";
}

interface FileError {
  readonly code: string;
  readonly path?: string;
}

function isFileError(error: unknown): error is FileError {
  return (
    typeof error === "object" &&
    error !== null &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
  );
}

/** What a command has to say, though nothing is wrong. */
export interface Outcome {
  /** What the operator should know. */
  readonly notices: readonly Diagnostic[];
  /** What was done. @default - nothing is said */
  readonly summary?: string;
  /** What the command answers, to be read by other programs too. @default - nothing */
  readonly answer?: string;
  /** @default 0 */
  readonly exitCode?: number;
}

/**
 * Runs a command for an operator: a mistake in the settings, the command line or the chart's pins is printed as it is,
 * anything else is a fault of the program and keeps its stack trace. Either way the exit code is that of trouble.
 *
 * @param failed is said after a mistake
 * @param trouble the exit code of both
 */
export async function run(
  command: () => Outcome | Promise<Outcome>,
  failed = "",
  trouble = 1,
): Promise<void> {
  // What ends the program by a stack trace leaves it.
  process.exitCode = trouble;
  try {
    const { notices, summary, answer, exitCode = 0 } = await command();
    for (const notice of distinct(notices)) say(`${notice.severity}: `, yellow, formatDiagnostic(notice));
    for (const line of summary?.split("\n") ?? []) console.error(escapedForTerminal(line));
    if (answer !== undefined) process.stdout.write(answer);
    process.exitCode = exitCode;
  } catch (error) {
    if (!isOperators(error)) throw error;
    for (const line of error.message.split("\n")) say("", red, line);
    if (failed !== "") console.error(failed);
    tellCli(process.env.CDK8S_OUTDIR);
  }
}

const [red, yellow] = [31, 33];

/** With a colour where it is read on a terminal. https://no-color.org */
function say(before: string, colour: number, text: string): void {
  const isColoured = process.stderr.isTTY && process.stderr.hasColors();
  const line = `${before}${escapedForTerminal(text)}`;
  console.error(isColoured ? `\u001b[${colour}m${line}\u001b[0m` : line);
}

function isOperators(error: unknown): error is Error {
  return error instanceof DiagnosticsError || error instanceof UsageError || error instanceof WorkloadError;
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
