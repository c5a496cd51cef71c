export type { Manifests } from "./manifests";
export { parseOptions, usage } from "./options";
export { checkOutput, publish, summaryOf } from "./publish";
export { run } from "./run";
export { synthesize } from "./synthesize";
