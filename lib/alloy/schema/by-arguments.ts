import type { BodySyntax } from "../syntax/tree";
import type { ComponentDefinition, StabilityLevel } from "./definition";
import { type Signal, signals } from "./types";

/**
 * What is known of a component whose arguments say what it gives and takes.
 *
 * @param allowed the agent's `--stability.level`, if it is known
 */
export function definitionFor(
  definition: ComponentDefinition,
  body: BodySyntax,
  allowed: StabilityLevel | undefined,
): ComponentDefinition {
  const { name } = definition;
  if (name === "otelcol.exporter.loadbalancing") return { ...definition, accepts: balanced(body, allowed) };
  const isSecret = body.attributes.find((attribute) => attribute.name === "is_secret")?.value;
  if (isSecret?.kind !== "literal" || isSecret.value !== true) return definition;
  const exports = Object.entries(definition.exports ?? {}).map(([key, kind]) => [
    key,
    kind.replace("optional_secret", "secret"),
  ]);
  return { ...definition, exports: Object.fromEntries(exports) };
}

/** The signals that are balanced by a key. Metrics are experimental: at other levels Alloy drops them. */
function balanced({ attributes }: BodySyntax, allowed: StabilityLevel | undefined): readonly Signal[] {
  const key = attributes.find(({ name }) => name === "routing_key")?.value;
  if (key !== undefined && (key.kind !== "literal" || typeof key.value !== "string")) return signals;
  const ofKey = signalsOfKey[String(key?.value ?? "traceID")] ?? signals;
  return ofKey.filter(
    (signal) => signal !== "metrics" || allowed === undefined || allowed === "experimental",
  );
}

const signalsOfKey: Readonly<Record<string, readonly Signal[]>> = {
  traceID: ["logs", "traces"],
  service: signals,
  resource: ["metrics"],
  metric: ["metrics"],
  streamID: ["metrics"],
};
