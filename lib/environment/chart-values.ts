import { nearest } from "../nearest";
import type { ChartSchema } from "./chart-schema";
import { alternatives, isKind, isRecord, type Kind, wrongKind } from "./kind";
import type { Report } from "./report";
import type { SettingKey } from "./setting-key";

/** Reports each chart value that the chart doesn't know, or that is of the wrong kind. */
export function checkChartValues(value: unknown, schema: ChartSchema, key: SettingKey, report: Report): void {
  // What may not be set at all is reported already.
  if (report.has(key)) return;
  const kinds = [schema.type ?? []].flat().filter(isKind);
  if (kinds.length > 0 && !kinds.some((kind) => isOfKind(value, kind))) {
    // Null takes a default away, which is no advice to give.
    report.add(
      key,
      wrongKind(
        value,
        kinds.filter((kind) => kind !== "null"),
      ),
    );
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkChartValues(item, schema.items ?? {}, [...key, index], report);
    });
  } else if (isRecord(value)) {
    for (const [name, entry] of Object.entries(value)) {
      checkEntry(name, entry, schema, key, report);
    }
  }
}

function checkEntry(
  name: string,
  value: unknown,
  schema: ChartSchema,
  parent: SettingKey,
  report: Report,
): void {
  const { properties = {}, additionalProperties = true } = schema;
  const key = [...parent, name];
  if (report.has(key)) return;
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known !== undefined) {
    checkChartValues(value, known, key, report);
  } else if (additionalProperties === false) {
    const names = Object.keys(properties);
    report.add(key, `is no value of the Alloy chart; write ${nearest(name, names) ?? alternatives(names)}`);
  } else if (additionalProperties !== true) {
    checkChartValues(value, additionalProperties, key, report);
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case "array":
      return Array.isArray(value);
    case "object":
      return isRecord(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === kind;
  }
}
