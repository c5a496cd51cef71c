export { ManifestPrinter, type Manifests } from "./manifests";
export { type Options, parseOptions, usage } from "./options";
export type { Difference } from "./output-folder";
export { checkOutput, publish, summaryOf } from "./publish";
export { run } from "./run";
export { synthesize } from "./synthesize";
