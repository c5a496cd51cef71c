export { type CheckOptions, check } from "./check/check";
export type { Diagnostic, Severity } from "./check/diagnostics";
export { consumedSignal, isForwarding, type Reference } from "./check/graph";
export { configMapLimit } from "./check/limits";
export { Property } from "./check/property";
export { comment } from "./comment";
export { Component, type OrderProps } from "./component";
export { AlloyConfig, type AlloyConfigProps } from "./config";
export {
  type ArgumentsOf,
  ArgumentType,
  type ArgumentTypes,
  CustomComponent,
  Declare,
  type DeclareProps,
  type DefaultOf,
  type ExportedValues,
  type ImportedArguments,
  ImportedComponent,
} from "./declare";
export * from "./expressions";
export { Foreach, type ForeachProps } from "./foreach";
/** What components need of their surroundings, for `needs` and `surroundings` of a {@link ComponentDefinition}. */
export * as needs from "./needs";
export { connectionTo } from "./needs/connections";
export { nodePath } from "./needs/paths";
/** What attributes and blocks ask of each other, for {@link body}. */
export * as rules from "./rules";
export {
  type BlockDefinition,
  type BlockShape,
  type BodyDefinition,
  body,
  choice,
  fields,
  labelled,
  many,
  type NamedMember,
} from "./schema/body";
export type { ComponentDefinition, ExportKind, StabilityLevel } from "./schema/definition";
export { rootOnly, sendsData, stabilityLevels, takesData } from "./schema/definition";
export type { Facts, Rule } from "./schema/facts";
export { type Format, formatOf, type RegexpReader } from "./schema/format";
export { type FunctionDefinition, functions } from "./schema/functions";
export {
  fitsGo,
  isGoDuration,
  nanosecondsOf,
  type OttlLiteral,
  ottl,
  regexpFinds,
  regexpMistake,
} from "./schema/languages";
export { nearest } from "./schema/nearest";
export type * from "./schema/requirement";
export type * from "./schema/types";
export { Expression } from "./schema/types";
export type { Edge } from "./snapshot";
export * from "./standard-library";
export { unquote } from "./syntax/literals";
export { type ParsedConfig, type ParseOptions, parse } from "./syntax/parser";
export { print, printBlocks, printValue } from "./syntax/printer";
export { Place, Source } from "./syntax/source";
export type { SyntaxMistake } from "./syntax/token-reader";
export {
  type AttributeSyntax,
  alloyName,
  argumentIn,
  type BlockSyntax,
  type BodySyntax,
  blockIn,
  type Comment,
  type Comments,
  className,
  type EntrySyntax,
  isIdentifier,
  literalIn,
  mapParts,
  nameOf,
  propertyName,
  type Syntax,
  statementsOf,
  textOf,
  walkBody,
  walkValue,
  withoutPlaces,
} from "./syntax/tree";
export { ConfigText, type ConfigTextProps, WrittenComponent } from "./text";
export {
  factNames,
  type VersionHistory,
  type VersionMistake,
  versionMistake,
  versionRequirements,
} from "./versions";
