import { type core, toJSONSchema } from "zod/mini";
import {
  type ChartSchema,
  chartSchema,
  defaultChartVersion,
  pinnedChartVersions,
  takenSchema,
} from "../chart";
import { settings } from "./settings/settings";

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
  if (others.length === 0) return { properties: chartProperties(standard) };
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
      names.map((name) => [name, { description: "A value of the Alloy chart." }]),
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
  const origin = `A value of the Alloy chart ${version}.`;
  // What the chart has by default, this project may have otherwise.
  const chart: JsonSchema = JSON.parse(
    JSON.stringify(schema, (name, value) => (name === "default" ? undefined : value)),
  );
  return Object.fromEntries(
    Object.entries(chart.properties ?? {}).map(([name, value]) => [
      name,
      typeof value === "boolean"
        ? { description: origin }
        : orNull({ ...value, description: [value.description, origin].filter(Boolean).join(" ") }),
    ]),
  );
}

/** The schema of a setting that may be unset: null is a key with nothing after it. */
function orNull(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.type && { type: [...new Set([schema.type, "null" as const].flat())] }),
    ...(schema.enum && { enum: [...schema.enum, null] }),
    ...(schema.anyOf && { anyOf: [...schema.anyOf, { type: "null" }] }),
    ...(schema.oneOf && { oneOf: [...schema.oneOf, { type: "null" }] }),
  };
}

/**
 * The JSON Schemas by which editors complete, explain and check files, by the names that they have beside these.
 *
 * - `schema.json`: environments. What such a file must say is asked for where it extends no other.
 * - `base.schema.json`: files that are there to be extended. Nothing must be said there.
 */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  // Draft 7 is the one that every editor knows.
  const { $schema, ...all } = toJSONSchema(settings, { io: "input", target: "draft-7" });
  const own = withUnset(withoutDemands(all));
  const others = pinnedChartVersions.filter((version) => version !== defaultChartVersion);
  const { properties, ...conditions } = chartPart(chartOf(defaultChartVersion), others.map(chartOf));
  const environment: JsonSchema = {
    ...($schema && { $schema }),
    title: "Environment",
    description: "The settings of Grafana Alloy on one Kubernetes cluster with AIStore.",
    allOf: [{ $ref: "#/definitions/settings" }],
    if: { required: ["extends"], properties: { extends: { type: "string", minLength: 1 } } },
    else: demandsOf(all),
    definitions: {
      settings: { ...own, properties: { ...own.properties, ...properties }, ...conditions },
    },
  };
  const base: JsonSchema = {
    ...($schema && { $schema }),
    title: "Base",
    description: "Settings that environments have alike.",
    allOf: [{ $ref: "schema.json#/definitions/settings" }],
  };
  return new Map([
    ["schema.json", environment],
    ["base.schema.json", base],
  ]);
}

/**
 * A schema that asks for nothing to be there, as it may be in the file that is extended: of the maps that are merged. The
 * items of lists are not.
 */
function withoutDemands(schema: JsonSchema): JsonSchema {
  const { required, properties, additionalProperties, oneOf, ...rest } = schema;
  // What belongs to another choice may be taken away.
  const names = (oneOf ?? []).flatMap((choice) => Object.keys(choice.properties ?? {}));
  return {
    ...rest,
    ...(properties && { properties: eachSchema(properties, withoutDemands) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "boolean"
          ? additionalProperties
          : orNull(withoutDemands(additionalProperties)),
    }),
    ...(oneOf && {
      anyOf: oneOf.map(withoutDemands).map((choice) => ({
        ...choice,
        // As a pattern, so that editors don't offer them.
        patternProperties: Object.fromEntries(
          names
            .filter((name) => choice.properties?.[name] === undefined)
            .map((name): [string, JsonSchema] => [`^${name}$`, { type: "null" }]),
        ),
      })),
    }),
  };
}

/** What a schema asks for to be there, and nothing else of it. */
function demandsOf({ required = [], properties = {}, additionalProperties, oneOf }: JsonSchema): JsonSchema {
  const below = Object.entries(properties).flatMap(([name, value]): [string, JsonSchema][] => {
    if (typeof value === "boolean") return [];
    const { const: word, type } = value;
    // A key with nothing after it says nothing.
    const there = word === undefined ? { ...(type && { type }) } : { const: word };
    const demands: JsonSchema = { ...(required.includes(name) && there), ...demandsOf(value) };
    return Object.keys(demands).length > 0 ? [[name, demands]] : [];
  });
  const named = typeof additionalProperties === "object" ? demandsOf(additionalProperties) : {};
  return {
    ...(required.length > 0 && { required }),
    ...(below.length > 0 && { properties: Object.fromEntries(below) }),
    ...(Object.keys(named).length > 0 && { additionalProperties: { type: "object", ...named } }),
    ...(oneOf && { anyOf: oneOf.map(demandsOf) }),
  };
}

function eachSchema(
  schemas: Readonly<Record<string, JsonSchema | boolean>>,
  change: (schema: JsonSchema) => JsonSchema,
): Record<string, JsonSchema | boolean> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      typeof schema === "boolean" ? schema : change(schema),
    ]),
  );
}

/** The values of a version whose schema is not recorded are not checked here; synth says so. */
function chartOf(version: string) {
  return { version, schema: takenSchema(chartSchema(version) ?? {}) };
}

/** A key with nothing after it is unset, so null stands for each setting that may be missing. */
function withUnset(schema: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, required = [] } = schema;
  const changed = { ...schema };
  // A section that is left out is one without settings, which tells nobody anything.
  if (properties && JSON.stringify(schema.default) === "{}") delete changed.default;
  if (properties) {
    changed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => {
        const inner = typeof value === "boolean" ? value : withUnset(value);
        return [name, typeof inner === "boolean" || required.includes(name) ? inner : orNull(inner)];
      }),
    );
  }
  if (items && typeof items === "object" && !Array.isArray(items)) changed.items = withUnset(items);
  if (additionalProperties && typeof additionalProperties === "object") {
    const named = withUnset(additionalProperties);
    // A text by name may be unset as any other; a name with nothing below it is a mistake.
    changed.additionalProperties = named.type === "string" ? orNull(named) : named;
  }
  for (const options of ["anyOf", "oneOf"] as const) {
    const own = schema[options];
    if (own) changed[options] = own.map(withUnset);
  }
  return changed;
}
