export { AistorePipeline } from "./aistore-pipeline";
export type { End, UnfedEnd } from "./alloy-files/ends";
export { exporterIds } from "./destinations/otlp-destination";
export { aistoreSourceId } from "./sources/aistore-metrics";
export { type OwnMetric, ownJob, ownSampleBytes, ownSeriesOf } from "./sources/own-metrics";
