import type { Environment } from "../../lib/environment";
import { formatProblem, Problems } from "../../lib/environment";
import { readEnvironment } from "../../lib/environment/read";

/** The least that an environment needs. */
export const least = ["container_runtime: crio", "local:", "  endpoint: http://otlp.example.com:4318"];

/** The problems of a file `x.yaml`, a line each, in its order. */
export function problemsOf(...lines: readonly string[]): string[] {
  const { problems } = readEnvironment("x", "x.yaml", lines.join("\n"));
  return new Problems(problems).problems.map(formatProblem);
}

/** The environment that a file without problems describes. */
export function environmentOf(...lines: readonly string[]): Environment {
  const { environment, problems } = readEnvironment("x", "x.yaml", lines.join("\n"));
  if (environment === undefined) throw new Error(problems.map(formatProblem).join("\n"));
  return environment;
}
