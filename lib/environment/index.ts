export type { Delivery, Queue, Retry } from "./delivery/delivery";
export * from "./destinations/destination";
export * from "./environment";
export { loadEnvironments } from "./load-environments";
export { formatProblem, type Problem, Problems } from "./problem";
export { mountedSocket, usualRuntimePaths } from "./runtime-paths";
export type { SecretSource } from "./secrets/secret-source";
export { SettingError, type SettingKey } from "./setting-key";
export { EnvironmentSource } from "./source";
