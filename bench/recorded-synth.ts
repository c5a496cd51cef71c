import { AlloyAgent } from "../lib/alloy-agent";
import { loadEnvironments } from "../lib/environment";
import { publish, synthesize } from "../lib/synthesis";
import { RenderStore } from "../lib/workload";

// What main.ts does, with the renders of another folder: node … bench/recorded-synth.ts environments records output
const [environments = "", records = "", output = ""] = process.argv.slice(2);
const renders = new RenderStore(records);
publish(
  { environments, output },
  synthesize(
    loadEnvironments(environments),
    (app, environment) => new AlloyAgent(app, environment, { renders }),
  ),
);
