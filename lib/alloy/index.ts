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
} from "./declare";
export { Expression } from "./expression";
export * from "./expressions";
export { Foreach, type ForeachProps } from "./foreach";
export { configMapLimit } from "./limits";
export { type OttlLiteral, ottl } from "./ottl";
export { consumedSignal, type Edge, isForwarding, type Reference } from "./references";
export * from "./requirement";
export * from "./standard-library";
export type * from "./types";
export { type VersionMistake, versionMistake } from "./versions";
