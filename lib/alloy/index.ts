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
export { fitsGo, isGoDuration, type OttlLiteral, ottl, regexpMistake } from "./languages";
export { configMapLimit } from "./limits";
export { nearest } from "./nearest";
export * from "./requirements";
export * from "./standard-library";
export { type ParsedConfig, type ParseOptions, parse } from "./syntax/parser";
export { print } from "./syntax/printer";
export { Place, Source } from "./syntax/source";
export type { SyntaxMistake } from "./syntax/token-reader";
export { type BlockSyntax, type Comment, className, propertyName, type Syntax } from "./syntax/tree";
export type * from "./types";
export { factNames, type VersionHistory, type VersionMistake, versionMistake } from "./versions";
