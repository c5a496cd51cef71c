import type { core } from "zod/mini";
import type { ChartSchema } from "./chart-schema";

type JsonSchema = core.JSONSchema.JSONSchema;

/** The chart in one of its versions. */
export interface ChartValuesSchema {
  readonly version: string;
  readonly schema: ChartSchema;
}

/** The part of an environment's JSON Schema that is about chart values. */
export interface ChartPart {
  readonly properties: Record<string, JsonSchema>;
  /** Present when environments may have another version than the default. */
  readonly allOf?: JsonSchema[];
}

/**
 * What the chart takes, in JSON Schema: that of the default version, or, where several are pinned, of the one that
 * `chart_version` names.
 *
 * @param standard of the environments that name no version
 * @param others of those that do
 */
export function chartPart(standard: ChartValuesSchema, others: readonly ChartValuesSchema[]): ChartPart {
  if (others.length === 0) {
    return { properties: chartProperties(standard) };
  }
  const charts = [standard, ...others];
  const names = [...new Set(charts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})))];
  const properties = (chart: ChartValuesSchema) => {
    const known = chartProperties(chart);
    return Object.fromEntries(
      names.map((name): [string, JsonSchema | false] => [name, known[name] ?? false]),
    );
  };
  const named = (versions: readonly string[]): JsonSchema => ({
    required: ["chart_version"],
    properties: { chart_version: { enum: [...versions] } },
  });
  return {
    properties: Object.fromEntries(
      names.map((name) => [name, { description: "A value of the Alloy chart, passed on to it." }]),
    ),
    allOf: [
      { if: named(others.map(({ version }) => version)), else: { properties: properties(standard) } },
      ...others.map((chart) => ({
        if: { not: named([chart.version]) },
        else: { properties: properties(chart) },
      })),
    ],
  };
}

/** What the chart takes below a key is its own affair, null included: there it takes a default away. */
function chartProperties({ version, schema }: ChartValuesSchema): Record<string, JsonSchema> {
  const description = `A value of the Alloy chart ${version}, passed on to it.`;
  // What the chart has by default, this project may have otherwise.
  const chart: JsonSchema = JSON.parse(
    JSON.stringify(schema, (name, value) => (name === "default" ? undefined : value)),
  );
  return Object.fromEntries(
    Object.entries(chart.properties ?? {}).map(([name, value]) => [
      name,
      typeof value === "boolean" ? { description } : orNull({ description, ...value }),
    ]),
  );
}

/** The schema of a setting that may be unset: null is a key with nothing after it. */
export function orNull(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.type && { type: [...new Set([schema.type, "null" as const].flat())] }),
    ...(schema.enum && { enum: [...schema.enum, null] }),
    ...(schema.anyOf && { anyOf: [...schema.anyOf, { type: "null" }] }),
    ...(schema.oneOf && { oneOf: [...schema.oneOf, { type: "null" }] }),
  };
}
