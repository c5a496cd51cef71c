import type { Environment } from "../../lib/environment";
import { DiagnosticsError, formatDiagnostic } from "../../lib/environment";
import { readEnvironment } from "../../lib/environment/read";

/** The least that an environment needs. */
export const least = ["container_runtime: crio", "local:", "  endpoint: http://otlp.example.com:4318"];

/** What is wrong with a file `x.yaml`, a line each, in its order. */
export function diagnosticsOf(...lines: readonly string[]): string[] {
  const { diagnostics } = readEnvironment("x", "x.yaml", lines.join("\n"));
  return new DiagnosticsError(diagnostics).diagnostics.map(formatDiagnostic);
}

/** The environment that a file without mistakes describes. */
export function environmentOf(...lines: readonly string[]): Environment {
  const { environment, diagnostics } = readEnvironment("x", "x.yaml", lines.join("\n"));
  if (environment === undefined) throw new Error(diagnostics.map(formatDiagnostic).join("\n"));
  return environment;
}
