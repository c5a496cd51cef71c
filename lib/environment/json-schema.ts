import { type core, toJSONSchema } from "zod/mini";
import { chartPart, orNull } from "./chart-json-schema";
import { chartSchema, defaultChartVersion, pinnedChartVersions } from "./chart-schema";
import { settings } from "./settings";

type JsonSchema = core.JSONSchema.JSONSchema;

/** The JSON Schema by which editors complete, explain and check environment files. */
export function environmentJsonSchema(): JsonSchema {
  // Draft 7 is the one that every editor knows.
  const { $schema, ...own } = withUnset(toJSONSchema(settings, { io: "input", target: "draft-7" }));
  const others = pinnedChartVersions.filter((version) => version !== defaultChartVersion);
  const { properties, ...conditions } = chartPart(chartOf(defaultChartVersion), others.map(chartOf));
  return {
    ...($schema && { $schema }),
    title: "Environment",
    description: "The settings of Grafana Alloy on one Kubernetes cluster with AIStore.",
    ...own,
    properties: { ...own.properties, ...properties },
    ...conditions,
  };
}

/** The values of a version whose schema is not recorded are not checked here; synth says so. */
function chartOf(version: string) {
  return { version, schema: chartSchema(version) ?? {} };
}

/** A key with nothing after it is unset, so null stands for each setting that may be missing. */
function withUnset(schema: JsonSchema): JsonSchema {
  const { properties, items, additionalProperties, required = [] } = schema;
  const changed = { ...schema };
  if (properties) {
    changed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => {
        const inner = typeof value === "boolean" ? value : withUnset(value);
        return [name, typeof inner === "boolean" || required.includes(name) ? inner : orNull(inner)];
      }),
    );
  }
  if (items && typeof items === "object" && !Array.isArray(items)) {
    changed.items = withUnset(items);
  }
  if (additionalProperties && typeof additionalProperties === "object") {
    const named = withUnset(additionalProperties);
    // A text by name may be unset as any other; a name with nothing below it is a mistake.
    changed.additionalProperties = named.type === "string" ? orNull(named) : named;
  }
  for (const options of ["anyOf", "oneOf"] as const) {
    const own = schema[options];
    if (own) {
      changed[options] = own.map(withUnset);
    }
  }
  return changed;
}
