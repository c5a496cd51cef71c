export { acquireLock } from "./lock";
export {
  environmentName,
  type Places,
  parseOptions,
  parseOptionsAlone,
  parseWords,
  placeOptions,
  placesOf,
  UsageError,
  usage,
} from "./options";
export { indexName, namesInIndex, withIndex } from "./output-folder";
export { checkOutput, mostNamed, nameList, publish, summaryOf } from "./publish";
export { run, tellFileErrors } from "./run";
export { type Manifests, type Synthesized, synthesize, synthesizeRight } from "./synthesize";
