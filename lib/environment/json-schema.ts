import { type core, toJSONSchema } from "zod/mini";
import versions from "../../imports/chart/versions.json";
import { chartSchema } from "./chart-schema";
import { settings } from "./settings";

type JsonSchema = core.JSONSchema.JSONSchema;

/** The JSON Schema by which editors complete, explain and check environment files. */
export function environmentJsonSchema(): JsonSchema {
  // Draft 7 is the one that every editor knows.
  const { $schema, ...own } = withUnset(toJSONSchema(settings, { io: "input", target: "draft-7" }));
  return {
    ...($schema && { $schema }),
    title: "Environment",
    description: "The settings of Grafana Alloy on one Kubernetes cluster with AIStore.",
    ...own,
    properties: { ...own.properties, ...chartProperties() },
  };
}

/** What the chart takes below a key is its own affair, null included: there it takes a default away. */
function chartProperties(): Record<string, JsonSchema> {
  const description = `A value of the Alloy chart ${versions.version}, passed on to it.`;
  const chart: JsonSchema = JSON.parse(JSON.stringify(chartSchema()));
  return Object.fromEntries(
    Object.entries(chart.properties ?? {}).map(([name, value]) => [
      name,
      typeof value === "boolean" ? { description } : orNull({ description, ...value }),
    ]),
  );
}

/** A key with nothing after it is unset, so null stands for each setting that may be missing. */
function withUnset(schema: JsonSchema): JsonSchema {
  const { properties, items, required = [] } = schema;
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
  return changed;
}

function orNull(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.type && { type: [...new Set([schema.type, "null" as const].flat())] }),
    ...(schema.enum && { enum: [...schema.enum, null] }),
    ...(schema.anyOf && { anyOf: [...schema.anyOf, { type: "null" }] }),
  };
}
