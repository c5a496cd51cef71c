import { isWithin, type PlainSettings, type SettingKey, valueAt, withValue } from "../../schema";
import { canonicalJson, copyJson, copyMap, isJsonMap, type Json, type JsonMap } from "../render/manifest";
import {
  agentContainer,
  defaultConfigMapKey,
  defaultConfigMapName,
  kubernetesVersion,
  releaseName,
  renderNamespace,
} from "../render/names";
import { alloyChart, type ChartSchema, type ChartVersion, chartSchema } from "../render/pins";
import type { RenderInput } from "../render/renders";
import { fixedValues, touches } from "./touches";

/** Values of the Alloy chart, as an environment gives them. */
export type ChartValues = Readonly<Record<string, unknown>>;

/** What the render of an environment's workload depends on. */
export interface AlloyRenderOptions {
  /** @default - none */
  readonly chartValues?: ChartValues;
  /** @default - the pinned version */
  readonly chart?: ChartVersion;
  /** @default "alloy-config" */
  readonly configMapName?: string;
  /** @default "config.alloy" */
  readonly configMapKey?: string;
}

/** What has to be rendered, and recorded, for an environment's workload. */
export function alloyRenderInput(options: AlloyRenderOptions = {}): RenderInput {
  const own: JsonMap = {
    alloy: {
      configMap: {
        create: false,
        name: options.configMapName ?? defaultConfigMapName,
        key: options.configMapKey ?? defaultConfigMapKey,
      },
    },
    controller: { type: "daemonset" },
    crds: { create: false },
    rbac: { create: false },
  };
  const chart = options.chart ?? alloyChart();
  return {
    chart,
    release: releaseName,
    namespace: renderNamespace,
    kubernetesVersion,
    values: mergeValues(own, renderedValues(options.chartValues ?? {}, chart.version)),
  };
}

/** The values by which no render differs: what the chart has anyway, and what is put in its place after rendering. */
const placedKeys = [...fixedValues, ...touches.map(({ value }) => value), ["extraObjects"]];

/** Whether the render is the same with and without a value. */
export function isPlaced(key: SettingKey): boolean {
  return placedKeys.some((placed) => isWithin(key, placed));
}

/** Those values with and without which the render is the same. */
export function placedValues(chartValues: ChartValues): ChartValues {
  return placedKeys.reduce<PlainSettings>((values, key) => {
    const value = valueAt(chartValues, key);
    return value === undefined ? values : withValue(values, key, value);
  }, {});
}

/** The path of the first value that may take another render: a mistake of all together is shown there. */
export function firstKey(values: ChartValues): SettingKey {
  const keys = keysIn(copyMap(values));
  return keys.find((key) => !isPlaced(key)) ?? keys[0] ?? [];
}

/** Whether chart values say which image a container of the chart runs, or where it comes from. */
export function givesImage(container: string, values: ChartValues): boolean {
  const sections = [
    container === agentContainer ? ["image"] : ["configReloader", "image"],
    ["global", "image"],
  ];
  return sections.some((section) =>
    ["registry", "repository", "tag", "digest"].some((field) => {
      const value = valueAt(values, [...section, field]);
      return value !== undefined && value !== null && value !== "";
    }),
  );
}

function keysIn(map: JsonMap): readonly SettingKey[] {
  return Object.entries(map).flatMap(([name, value]): readonly SettingKey[] =>
    isJsonMap(value) ? keysIn(value).map((key) => [name, ...key]) : [[name]],
  );
}

/** The values that may take another render. */
function renderedValues(chartValues: ChartValues, version: string): JsonMap {
  if (Object.keys(chartValues).length === 0) return {};
  const values = withoutDefaults(copyMap(chartValues), chartSchema(version));
  for (const key of placedKeys) removeAt(values, key);
  return values;
}

/** The values that the chart doesn't have by itself. */
function withoutDefaults(values: JsonMap, schema: ChartSchema = {}): JsonMap {
  const others = Object.entries(values).flatMap(([name, value]): [string, Json][] => {
    const known = schema.properties?.[name];
    if (known !== undefined && canonicalJson(known.default ?? null) === canonicalJson(value)) {
      // A value without a default that is recorded is no default, were it null.
      return "default" in known ? [] : [[name, value]];
    }
    if (!isJsonMap(value) || known?.properties === undefined) return [[name, value]];
    const inner = withoutDefaults(value, known);
    return Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(others);
}

/** Takes out a value, and the maps that are empty without it. */
function removeAt(map: JsonMap, [first = "", ...rest]: readonly (string | number)[]): void {
  const value = map[first];
  if (isJsonMap(value) && rest.length > 0) removeAt(value, rest);
  if (rest.length === 0 || (isJsonMap(value) && Object.keys(value).length === 0)) delete map[first];
}

/**
 * Merges chart values as Helm does: map into map, anything else is replaced.
 *
 * A null stays: it tells Helm to delete the chart's default.
 */
export function mergeValues(values: Readonly<JsonMap>, over: Readonly<JsonMap>): JsonMap {
  const merged = new Map(Object.entries(copyMap(values)));
  for (const [key, value] of Object.entries(over)) merged.set(key, mergeValue(merged.get(key), value));
  return Object.fromEntries(merged);
}

function mergeValue(value: Json | undefined, over: Json): Json {
  return isJsonMap(value) && isJsonMap(over) ? mergeValues(value, over) : copyJson(over);
}
