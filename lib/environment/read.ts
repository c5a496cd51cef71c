import { dirname } from "node:path";
import { hasValue, Report } from "../schema";
import { Bases } from "./bases";
import { check, checkEnvironment } from "./check";
import { Draft, draftOf } from "./draft";
import { clusterAtRemote, type RemoteSender } from "./rules";
import type { Environment } from "./settings/environment";
import { toEnvironment } from "./to-environment";
import type { Diagnostic } from "./yaml/diagnostic";

/** An environment, or what is wrong with its file. */
export interface EnvironmentResult {
  /** Absent when there are diagnostics. */
  readonly environment?: Environment | undefined;
  /** What is right of a file with diagnostics. Absent where too little is. */
  readonly draft?: Draft | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Present when the environment sends to a remote, whatever else is wrong with it. */
  readonly sender?: RemoteSender | undefined;
}

/**
 * Reads the settings of one environment.
 *
 * @param file as it is shown to the operator
 * @param bases reads what the file extends
 */
export function readEnvironment(
  name: string,
  file: string,
  text: string,
  bases = new Bases(dirname(file)),
): EnvironmentResult {
  const { source, value, diagnostics, isIncomplete, wrong, idle, alloyFiles } = bases.layers(file, text);
  if (value === undefined) return { diagnostics };
  const { settings, set, chartValues, report } = check(value, new Report(wrong), isIncomplete);
  if (isIncomplete) {
    // What is missing here may be said there.
    const own = report.mistakes.filter(({ key }) => hasValue(set, key));
    return {
      diagnostics: [...diagnostics, ...own.map(({ key, message }) => source.diagnostic(key, message))],
    };
  }
  for (const { key, message } of idle) if (!report.has(key)) report.add(key, message);
  const isRight = settings !== undefined && diagnostics.length + report.mistakes.length === 0;
  const environment = isRight ? toEnvironment(name, source, settings, chartValues, alloyFiles) : undefined;
  if (environment !== undefined) checkEnvironment(environment, set, report);
  const draft =
    environment === undefined
      ? draftOf(name, source, value, alloyFiles, report)
      : new Draft(environment, value, [], report.wrongKeys);
  const cluster = clusterAtRemote(set, report);
  const mistakes = report.mistakes.map(({ key, message }) => source.diagnostic(key, message));
  // A label that both have of a file that they extend is to be written in their own.
  const sender =
    cluster === undefined ? undefined : { cluster, label: source.ownDiagnostic(["remote", "label"], "") };
  source.release();
  return {
    diagnostics: [...diagnostics, ...mistakes],
    sender,
    ...(environment !== undefined && mistakes.length === 0 ? { environment } : { draft }),
  };
}
