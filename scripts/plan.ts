import { AlloyAgent } from "../lib/alloy-agent";
import { type Diagnostic, readEnvironments } from "../lib/environment";
import { run, synthesize } from "../lib/synthesis";
import { parsePlanOptions, planUsage } from "./plan/options";
import { planOf } from "./plan/plan";

// Says what a change does to each environment: what synthesizes now, against what was written.
run(
  () => {
    const options = parsePlanOptions(process.argv.slice(2));
    if (options.help) return { notices: [], summary: planUsage };
    const read = readEnvironments(options.environments, options.names);
    const notices: Diagnostic[] = [];
    const manifests = synthesize(
      read.environments,
      (app, environment) => {
        notices.push(...new AlloyAgent(app, environment).notices);
      },
      read,
    );
    const isColoured = process.stdout.isTTY && process.stdout.hasColors();
    return { notices, ...planOf(options, manifests, isColoured) };
  },
  "nothing is planned",
  2,
);
