import type { Format, Signal } from "../../lib/alloy";

/** The TypeScript type of a value of a format, with the names of this library that it needs. */
export function typeText(
  format: Format,
  signals: ReadonlySet<Signal>,
  use: (name: string) => string,
): string {
  switch (format.kind) {
    case "any":
      return use("AnyValue");
    case "string":
    case "duration":
    case "size":
    case "regexp":
    case "words":
      return "string";
    case "bool":
      return "boolean";
    case "integer":
    case "float":
      return "number";
    case "secret":
      return use("Secret");
    case "optional_secret":
      return `string | ${use("Secret")}`;
    case "list":
      return `readonly ${inParentheses(typeText(format.of, signals, use))}[]`;
    case "map":
      return `${use("StringMap")}<${typeText(format.of, signals, use)}>`;
    case "capsule":
      return capsuleType(format.capsule, signals, use);
  }
}

function inParentheses(type: string): string {
  return type.includes("|") || type.startsWith("readonly") ? `(${type})` : type;
}

const capsuleTypes: ReadonlyMap<string, string> = new Map([
  ["loki.LogsReceiver", "LogsReceiver"],
  ["otelcol.auth.Handler", "AuthHandler"],
  ["otelcol.extension.Handler", "ExtensionHandler"],
  ["prometheus.MetricsReceiver", "MetricsReceiver"],
  ["pyroscope.ProfilesReceiver", "ProfilesReceiver"],
  ["relabel.Rules", "RelabelRules"],
]);

function capsuleType(name: string, signals: ReadonlySet<Signal>, use: (name: string) => string): string {
  const known = capsuleTypes.get(name);
  if (known !== undefined) return use(known);
  const all = signals.size > 0 ? [...signals] : ["metrics", "logs", "traces"];
  return `${use("Consumer")}<${all.map((signal) => JSON.stringify(signal)).join(" | ")}>`;
}

/** The kind of a format's type in TypeScript. A value of one format can be used as any other of its kind. */
export function kindOf(format: Format): string {
  switch (format.kind) {
    case "duration":
    case "size":
    case "regexp":
    case "words":
      return "string";
    case "integer":
    case "float":
      return "number";
    case "list":
      return `[${kindOf(format.of)}]`;
    case "map":
      return `{${kindOf(format.of)}}`;
    case "capsule":
      return format.capsule;
    default:
      return format.kind;
  }
}
