import { AlloyAgent } from "../lib/alloy-agent";
import { DiagnosticsError, fileDiagnostic, readEnvironments } from "../lib/environment";
import { run, synthesize } from "../lib/synthesis";
import { EngineMissing } from "../lib/testing";
import { builtEngine } from "./explain/engine";
import { explain } from "./explain/explain";
import { explainUsage, parseExplainOptions } from "./explain/options";
import { podOf } from "./explain/pod";
import { textOf } from "./explain/text";
import { coloured, plainText } from "./plan/report/text";

// Says what becomes of a line of a container's log, in an environment as it synthesizes.
run(() => {
  const options = parseExplainOptions(process.argv.slice(2));
  if (options === undefined) return { notices: [], summary: explainUsage };
  const read = readEnvironments(options.environments, [options.environment]);
  const agents: AlloyAgent[] = [];
  synthesize(read.environments, (app, one) => void agents.push(new AlloyAgent(app, one)), read);
  const [environment] = read.environments;
  const [agent] = agents;
  if (environment === undefined || agent === undefined) throw new Error("an environment makes one agent");
  const paint = process.stdout.isTTY && process.stdout.hasColors() ? coloured : plainText;
  process.env.ALLOY_ENGINE ??= builtEngine();
  try {
    const pod = podOf(options.pod, environment);
    return { notices: [], answer: textOf(explain(environment, agent, pod, options.lines), paint) };
  } catch (error) {
    if (!(error instanceof EngineMissing)) throw error;
    throw new DiagnosticsError([fileDiagnostic("Alloy's components", error.message)]);
  }
}, "nothing is explained");
