export type { Manifests } from "./manifests";
export { environmentName, parseOptions, parseWords, UsageError, usage } from "./options";
export { checkOutput, publish, summaryOf } from "./publish";
export { run, tellFileErrors } from "./run";
export { synthesize } from "./synthesize";
