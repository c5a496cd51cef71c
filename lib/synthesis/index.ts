export { ManifestPrinter, type Manifests } from "./manifests";
export { type Options, parseOptions, usage } from "./options";
export type { Difference } from "./output-folder";
export { checkOutput, publish } from "./publish";
export { run } from "./run";
export { summaryOf } from "./summary";
export { synthesize } from "./synthesize";
