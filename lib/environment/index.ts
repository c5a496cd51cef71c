export type { Draft } from "./draft";
export { jsonSchemas } from "./json-schema";
export {
  type EnvironmentFile,
  environmentFiles,
  loadEnvironments,
  nearestName,
  type ReadEnvironments,
  type ReadFiles,
  readEnvironment,
  readEnvironments,
  readFiles,
  shownPath,
} from "./read";
export { sharedLabels } from "./rules";
export { type SettingRow, settingRows } from "./setting-tree";
export type { AistoreCluster, AistoreTls } from "./settings/aistore";
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
export type { Environment } from "./settings/environment";
export {
  type ContainerRuntime,
  defaultStoragePath,
  type EthtoolSettings,
  type MountPropagation,
} from "./settings/node";
export { memoryShares, neededMemory } from "./settings/resources";
export type {
  KubeStateMetricsPods,
  MeasuredNetwork,
  MeasuredNode,
  PodLogSelection,
  ScrapedMetrics,
} from "./settings/sources";
export { defaultNamespace } from "./settings/workload";
export {
  compareDiagnostics,
  type Diagnostic,
  DiagnosticsError,
  distinct,
  fileDiagnostic,
  formatDiagnostic,
} from "./yaml/diagnostic";
export { isMergeKey, keyText, readText } from "./yaml/file";
export { syntaxMistake } from "./yaml/syntax";
