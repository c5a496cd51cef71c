import { AlloyAgent } from "./lib/alloy-agent";
import { readEnvironments } from "./lib/environment";
import { parseOptions, publish, run, synthesize } from "./lib/synthesis";

// Reads the environments, builds an App for each, and writes a folder of manifests for each: all of them, or, if
// anything is wrong, none.
run(() => {
  const options = parseOptions(process.argv.slice(2));
  const { environments, problems } = readEnvironments(options.environments, options.names);
  const manifests = synthesize(
    environments,
    (app, environment) => new AlloyAgent(app, environment),
    problems,
  );
  publish(options, manifests);
  return environments.flatMap(({ notices }) => notices);
});
