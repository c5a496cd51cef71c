export { Component, type ComponentDefinition } from "./component";
export { AlloyConfig } from "./config";
export { Expression } from "./expression";
export { type Edge, isForwarding } from "./graph";
export { type OttlLiteral, ottl } from "./ottl";
export * from "./requirement";
export * from "./standard-library";
export * from "./types";
