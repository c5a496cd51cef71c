import { type ParsedConfig, parse } from "../lib/alloy";
import { DiagnosticsError, readText } from "../lib/environment";

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
