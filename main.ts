import { synthesizeFleet } from "./lib/fleet";
import { checkOutput, parseOptions, publish, run, summaryOf, usage } from "./lib/synthesis";

// Reads the environments, builds an App for each, and writes a folder of manifests for each: all of them, or, if
// anything is wrong, none.
run(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return { notices: [], summary: usage };
  const { manifests, notices } = await synthesizeFleet(options);
  if (options.check) {
    checkOutput(options, manifests);
    return { notices, summary: `${options.output} is what synthesizes` };
  }
  return { notices, summary: summaryOf(publish(options, manifests), manifests.size) };
}, "nothing was written");
