import { synthesizeFleet } from "../lib/fleet";
import { run } from "../lib/synthesis";
import { parsePlanOptions, planUsage } from "./plan/options";
import { planOf } from "./plan/plan";

// Says what a change does to each environment: what synthesizes now, against what was written.
run(
  async () => {
    const options = parsePlanOptions(process.argv.slice(2));
    if (options.help) return { notices: [], summary: planUsage };
    const { manifests, notices } = await synthesizeFleet(options);
    const isColoured = process.stdout.isTTY && process.stdout.hasColors();
    return { notices, ...planOf(options, manifests, isColoured) };
  },
  "nothing is planned",
  2,
);
