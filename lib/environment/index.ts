export { jsonSchemas } from "./json-schema";
export { loadEnvironments, nearestName, readEnvironments, shownPath } from "./load";
export { type SettingRow, settingRows } from "./setting-rows";
export type { Delivery, Queue } from "./settings/delivery";
export {
  type Destination,
  type DestinationAuth,
  type SecretKey,
  type Signal,
  signalsOf,
  signalUrl,
} from "./settings/destination";
export type {
  AistoreCluster,
  AistoreTls,
  ContainerRuntime,
  Environment,
  EthtoolSettings,
  MountPropagation,
} from "./settings/environment";
export { defaultStoragePath } from "./settings/node";
export { memoryShares, neededMemory } from "./settings/resources";
export {
  type Diagnostic,
  DiagnosticsError,
  distinct,
  fileDiagnostic,
  formatDiagnostic,
} from "./yaml/diagnostic";
