export { type BlockShape, type BodyDefinition, body, choice, fields, labelled, many } from "./body";
export { Component, type ComponentDefinition, type ExportKind } from "./component";
export { AlloyConfig, type AlloyConfigProps } from "./config";
export {
  type ArgumentsOf,
  ArgumentType,
  type ArgumentTypes,
  CustomComponent,
  Declare,
  type DeclareProps,
  type ExportedValues,
  Foreach,
  type ForeachProps,
} from "./declare";
export { Expression } from "./expression";
export * from "./expressions";
export { consumedSignal, type Edge, isForwarding, type Reference } from "./graph";
export { type OttlLiteral, ottl } from "./languages";
export { configMapLimit } from "./limits";
export * from "./requirements";
export * from "./standard-library";
export type * from "./types";
export { type VersionMistake, versionMistake } from "./versions";
