export { AistorePipeline } from "./aistore-pipeline";
export { aistoreSourceId } from "./sources/aistore-metrics";
export { ownInterval, ownSeriesOf } from "./sources/own-metrics";
