export type { Draft } from "./draft";
export { jsonSchemas } from "./json-schema";
export {
  type EnvironmentFile,
  environmentFiles,
  loadEnvironments,
  nearestName,
  type ReadEnvironments,
  type ReadFiles,
  readEnvironments,
  readFiles,
  shownPath,
} from "./load";
export { readEnvironment } from "./read";
export { sharedLabels } from "./rules";
export { type SettingRow, settingRows } from "./setting-rows";
export type { AlloyNeeds } from "./settings/alloy";
export { defaultKeys } from "./settings/auth";
export type { Delivery, Queue } from "./settings/delivery";
export {
  type Destination,
  type DestinationAuth,
  destinationKey,
  type SecretKey,
  type Signal,
  signalsOf,
  signalUrl,
} from "./settings/destination";
export { urlNames } from "./settings/destinations";
export type {
  AistoreCluster,
  AistoreTls,
  ContainerRuntime,
  Environment,
  EthtoolSettings,
  MountPropagation,
} from "./settings/environment";
export { defaultNamespace } from "./settings/environment";
export { defaultStoragePath } from "./settings/node";
export { memoryShares, neededMemory } from "./settings/resources";
export type {
  KubeStateMetricsPods,
  MeasuredNetwork,
  MeasuredNode,
  PodLogSelection,
  ScrapedMetrics,
} from "./settings/sources";
export {
  compareDiagnostics,
  type Diagnostic,
  DiagnosticsError,
  distinct,
  fileDiagnostic,
  formatDiagnostic,
} from "./yaml/diagnostic";
export { isMergeKey, keyText } from "./yaml/file";
export { syntaxMistake } from "./yaml/syntax";
