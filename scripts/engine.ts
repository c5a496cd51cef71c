import { DiagnosticsError, fileDiagnostic } from "../lib/environment";
import { run } from "../lib/synthesis";
import { build, traceProgram } from "./go-program";

// Builds what runs Alloy's components for lib/testing, unless it is built already, and prints its path.
run(() => {
  const built = build(traceProgram);
  if ("missing" in built) throw new DiagnosticsError([fileDiagnostic("the engine", built.missing)]);
  return { notices: [], answer: `${built.executable}\n` };
}, "no engine is built");
