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
  if ("missing" in built) {
    const message = `${built.missing}, or set ALLOY_ENGINE to the engine.wasm of the package alloy-constructs-engine`;
    throw new DiagnosticsError([fileDiagnostic("Alloy's components", message)]);
  }
  return built.executable;
}
