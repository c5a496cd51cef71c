import { DiagnosticsError, fileDiagnostic } from "../../lib/environment";
import { build, traceProgram } from "../go-program";

/**
 * The engine of lib/testing, which is built where it isn't yet.
 *
 * @throws DiagnosticsError that says what to install
 */
export function builtEngine(): string {
  const built = build(traceProgram, () =>
    console.error("Alloy's components are built: this once, it takes some minutes"),
  );
  if ("missing" in built) throw new DiagnosticsError([fileDiagnostic("Alloy's components", built.missing)]);
  return built.executable;
}
