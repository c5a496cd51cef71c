import { type Diagnostic, type ParsedConfig, parse } from "../lib/alloy";
import { DiagnosticsError, readText } from "../lib/environment";
import { escapedForTerminal, inOneLine } from "../lib/schema";

/**
 * The config in a file.
 *
 * @throws DiagnosticsError where the file can't be read
 */
export function readConfig(file: string): ParsedConfig {
  const text = readText(file);
  if (typeof text !== "string") throw new DiagnosticsError([text]);
  return parse(text, { file });
}

/** A mistake in a config as one line for a terminal. */
export function lineOf({ severity, at, message }: Diagnostic): string {
  const warning = severity === "warning" ? "warning: " : "";
  return escapedForTerminal(inOneLine(`${at}: ${warning}${message}`));
}
