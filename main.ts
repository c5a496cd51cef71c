import { AlloyAgent } from "./lib/alloy-agent";
import { type Diagnostic, readEnvironments } from "./lib/environment";
import { checkOutput, parseOptions, publish, run, summaryOf, synthesize, usage } from "./lib/synthesis";

// Reads the environments, builds an App for each, and writes a folder of manifests for each: all of them, or, if
// anything is wrong, none.
run(() => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return { notices: [], summary: usage };
  const read = readEnvironments(options.environments, options.names);
  const notices: Diagnostic[] = [];
  const manifests = synthesize(
    read.environments,
    (app, environment) => {
      notices.push(...new AlloyAgent(app, environment).notices);
    },
    read,
  );
  if (options.check) {
    checkOutput(options, manifests);
    return { notices, summary: `${options.output} is what synthesizes` };
  }
  return { notices, summary: summaryOf(publish(options, manifests), manifests.size) };
}, "nothing was written");
