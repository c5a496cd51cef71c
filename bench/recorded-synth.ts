import { AlloyAgent } from "../lib/alloy-agent";
import { RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { publish, synthesize } from "../lib/synthesis";

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
