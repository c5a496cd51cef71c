import { App, Chart } from "cdk8s";
import { type Contract, contractOf } from "../../../lib/contract";
import type { Environment } from "../../../lib/environment";
import { AistorePipeline } from "../../../lib/pipeline";
import { checkReaders } from "../../../scripts/contract/check";
import { environmentOf, type Settings } from "../../pipeline/pipeline-of";

/** What the agents of an environment send. */
export function contractOfEnvironment(environment: Environment): Contract {
  const agent = { namespace: environment.namespace, name: "alloy" };
  return contractOf(
    environment,
    new AistorePipeline(new Chart(new App(), "test"), "config", environment, agent),
  );
}

/** What those of an environment with these settings send. */
export function contractWith(settings: Settings): Contract {
  return contractOfEnvironment(environmentOf(settings));
}

/** What is said of expressions of rules or panels, as `LINE:COLUMN: who: what`. */
export function said(text: string, ...contracts: readonly Contract[]): readonly string[] {
  return checkReaders([{ name: "x", text, contracts }]).diagnostics.map(
    ({ severity, line, column, key, message }) =>
      `${line}:${column}: ${key}: ${severity === "warning" ? "warning: " : ""}${message}`,
  );
}

/** What is said of an expression of an alert. */
export function saidOf(expr: string, ...contracts: readonly Contract[]): readonly string[] {
  const rules = { groups: [{ name: "g", rules: [{ alert: "A", expr }] }] };
  return said(JSON.stringify(rules), ...contracts).map((line) => line.replace(/^[\d:]+ alert A: /, ""));
}
