import { App } from "cdk8s";
import { AlloyAgent } from "../../../lib/alloy-agent";
import type { Environment } from "../../../lib/environment";
import { explain } from "../../../scripts/explain/explain";
import { parseExplainOptions } from "../../../scripts/explain/options";
import { podOf } from "../../../scripts/explain/pod";
import { textOf } from "../../../scripts/explain/text";
import { plainText } from "../../../scripts/plan/report/text";
import { fleet } from "../../fleet/fleet";

/** What the command says of an environment of the fleet, without starting a program for it. */
export function explained(name: string, ...words: readonly string[]): string {
  const environment = fleet.find((one) => one.name === name);
  if (environment === undefined) throw new Error(`no environment ${name}`);
  return explainedIn(environment, ...words);
}

/** What it says of any. */
export function explainedIn(environment: Environment, ...words: readonly string[]): string {
  const options = parseExplainOptions([environment.name, ...words]);
  if (options === undefined) throw new Error("help explains nothing");
  const agent = new AlloyAgent(new App(), environment);
  return textOf(explain(environment, agent, podOf(options.pod, environment), options.lines), plainText);
}
