import type { CapsuleName } from "../../lib/alloy";
import { isRegexp, isSize } from "../generate-alloy/attributes";
import type { TypeSchema } from "../generate-alloy/schema";
import { valueType } from "../generate-alloy/types";

/** What the reference calls a type; docs/reference/types.md says what each is. */
export function typeName(type: TypeSchema): string {
  switch (type.k) {
    case "bool":
    case "duration":
    case "secret":
    case "any":
    case "object":
      return type.k;
    case "optional_secret":
      return "string or secret";
    case "number":
      return type.num === "float" ? "number" : `${type.num}${type.bits === 64 ? "" : type.bits}`;
    case "string":
      if (isRegexp(type)) return "regexp";
      return isSize(type) ? "size" : "string";
    case "target":
      return "map(string)";
    case "list":
      return `list(${typeName(type.of)})`;
    case "map":
      return `map(${typeName(type.of)})`;
    case "capsule":
      return type.name === "otelcol.Consumer" ? "Consumer" : valueType(type, []);
  }
}

/** The words that a string is one of, if it is not any. */
export function wordsOf(type: TypeSchema): readonly string[] {
  if (type.k === "list" || type.k === "map") return wordsOf(type.of);
  return type.k === "string" ? (type.enum ?? []) : [];
}

/** What an export is for. @param signals that an `input` takes, in words */
export function exportWords(type: TypeSchema, signals: string): string {
  switch (type.k) {
    case "capsule":
      return capsuleWords(type.name, signals);
    case "list":
      return type.of.k === "target"
        ? "The targets, for what reads them."
        : "A list, for arguments of others.";
    case "map":
      return "What it has read, by name.";
    case "secret":
    case "optional_secret":
    case "string":
      return "What it has read, for arguments of others.";
    default:
      return "A value for arguments of others.";
  }
}

function capsuleWords(name: CapsuleName, signals: string): string {
  switch (name) {
    case "loki.LogsReceiver":
      return "Takes logs: for `forwardTo` of others.";
    case "prometheus.MetricsReceiver":
      return "Takes metrics: for `forwardTo` of others.";
    case "pyroscope.ProfilesReceiver":
      return "Takes profiles: for `forwardTo` of others.";
    case "otelcol.Consumer":
      return signals === "" ? "Takes nothing." : `Takes ${signals}: for \`output\` of others.`;
    case "otelcol.auth.Handler":
      return "Who authenticates: for `auth` of others.";
    case "otelcol.extension.Handler":
      return "The extension: for what uses it, such as `storage`.";
    case "relabel.Rules":
      return "The relabeling rules: for `relabelRules` of others.";
  }
}
