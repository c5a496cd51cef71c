import type { ByArguments } from "./definition";
import { type Signal, signals } from "./types";

/** An export that may be a secret is one where the argument `is_secret` says so. */
export const secretByArgument: ByArguments = (definition, { attributes }) => {
  const isSecret = attributes.find(({ name }) => name === "is_secret")?.value;
  if (isSecret?.kind !== "literal" || isSecret.value !== true) return definition;
  const exports = Object.entries(definition.exports ?? {}).map(([key, kind]) => [
    key,
    kind.replace("optional_secret", "secret"),
  ]);
  return { ...definition, exports: Object.fromEntries(exports) };
};

/** The signals that are balanced by a key. Metrics are experimental: at other levels Alloy drops them. */
export const signalsByRoutingKey: ByArguments = (definition, { attributes }, allowed) => {
  const key = attributes.find(({ name }) => name === "routing_key")?.value;
  if (key !== undefined && (key.kind !== "literal" || typeof key.value !== "string")) {
    return { ...definition, accepts: signals };
  }
  const ofKey = signalsOfKey[String(key?.value ?? "traceID")] ?? signals;
  const takesMetrics = allowed === undefined || allowed === "experimental";
  return { ...definition, accepts: ofKey.filter((signal) => signal !== "metrics" || takesMetrics) };
};

const signalsOfKey: Readonly<Record<string, readonly Signal[]>> = {
  traceID: ["logs", "traces"],
  service: signals,
  resource: ["metrics"],
  metric: ["metrics"],
  streamID: ["metrics"],
};
