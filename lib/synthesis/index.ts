export { ManifestPrinter, type Manifests } from "./manifests";
export { type Options, parseOptions } from "./options";
export { publish } from "./publish";
export { run } from "./run";
export { synthesize } from "./synthesize";
