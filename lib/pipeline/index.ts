export { AistorePipeline } from "./aistore-pipeline";
export type { End, UnfedEnd } from "./alloy-files/ends";
export { alloysRetryTime } from "./destinations/delivery";
export { exporterIds } from "./destinations/otlp-destination";
export { sendLabel } from "./destinations/second-stage";
export { aistoreSourceId } from "./sources/aistore-metrics";
export { type OwnMetric, ownJob, ownSampleBytes, ownSeriesOf } from "./sources/own-metrics";
