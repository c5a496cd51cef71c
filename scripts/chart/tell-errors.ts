import { WorkloadError } from "../../lib/chart";
import { DiagnosticsError } from "../../lib/environment";
import { UsageError } from "../../lib/synthesis";

/**
 * Runs a command for an operator: what the operator can mend is printed as it is, anything else is a fault of the
 * program and keeps its stack trace. Either way the exit code is 1.
 */
export async function tellErrors(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!isOperators(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

function isOperators(error: unknown): error is Error {
  return (
    error instanceof WorkloadError ||
    error instanceof DiagnosticsError ||
    error instanceof UsageError ||
    (error instanceof AggregateError && error.errors.every(isOperators))
  );
}
