export { acquireLock } from "./lock";
export type { Manifests } from "./manifests";
export {
  environmentName,
  type Places,
  parseOptions,
  parseWords,
  placeOptions,
  placesOf,
  UsageError,
  usage,
} from "./options";
export { indexName, namesInIndex, withIndex } from "./output-folder";
export { checkOutput, mostNamed, nameList, publish, summaryOf } from "./publish";
export { run, tellFileErrors } from "./run";
export { type Synthesized, synthesize, synthesizeRight } from "./synthesize";
