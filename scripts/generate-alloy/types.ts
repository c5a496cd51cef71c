import type { CapsuleName, Signal } from "../../lib/alloy";
import type { TypeSchema } from "./schema";

/** The TypeScript types of capsules but consumers, whose type depends on their signals. */
const capsules: Readonly<Record<Exclude<CapsuleName, "otelcol.Consumer">, string>> = {
  "loki.LogsReceiver": "LogsReceiver",
  "prometheus.MetricsReceiver": "MetricsReceiver",
  "pyroscope.ProfilesReceiver": "ProfilesReceiver",
  "relabel.Rules": "RelabelRules",
  "otelcol.auth.Handler": "AuthHandler",
  "otelcol.extension.Handler": "ExtensionHandler",
};

/** The TypeScript type of what an attribute takes: a literal, an expression, or both. */
export function argumentType(type: TypeSchema, signals: readonly Signal[]): string {
  switch (type.k) {
    case "string":
      return type.enum === undefined ? "StringArg" : `EnumArg<${union(type.enum)}>`;
    case "number":
      return "NumberArg";
    case "bool":
      return "BoolArg";
    case "duration":
      return "DurationArg";
    case "secret":
      return "SecretArg";
    case "optional_secret":
      return "StringArg | SecretArg";
    case "any":
      return "AnyValue";
    case "target":
      return "MapOf<StringArg, string>";
    case "list":
      return `ListOf<${argumentType(type.of, signals)}, ${valueType(type.of, signals)}>`;
    case "map":
      return `MapOf<${argumentType(type.of, signals)}, ${valueType(type.of, signals)}>`;
    case "object":
      throw new Error("an object is only known as an attribute, alone or in a list");
    case "capsule":
      return `Expression<${valueType(type, signals)}>`;
  }
}

/** The TypeScript type of a value that an expression gives. */
export function valueType(type: TypeSchema, signals: readonly Signal[]): string {
  switch (type.k) {
    case "string":
    case "duration":
      return "string";
    case "number":
      return "number";
    case "bool":
      return "boolean";
    case "secret":
      return "Secret";
    case "optional_secret":
      return "string | Secret";
    case "any":
    case "object":
      return "unknown";
    case "target":
      return "Target";
    case "list":
      return `readonly ${parenthesized(valueType(type.of, signals))}[]`;
    case "map":
      return `StringMap<${valueType(type.of, signals)}>`;
    case "capsule":
      return type.name === "otelcol.Consumer" ? `Consumer<${union(signals)}>` : capsules[type.name];
  }
}

/** Strings as a union of literal types; `never` if there are none. */
export function union(strings: readonly string[]): string {
  return strings.length === 0 ? "never" : strings.map((text) => JSON.stringify(text)).join(" | ");
}

function parenthesized(type: string): string {
  return type.includes("|") ? `(${type})` : type;
}
