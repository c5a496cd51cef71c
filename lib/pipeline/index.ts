export { AistorePipeline } from "./aistore-pipeline";
export { aistoreSourceId } from "./sources/aistore-metrics";
