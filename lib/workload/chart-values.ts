import { fixedValues, touches } from "../environment/chart-values/touches";
import { alloyChart, type ChartVersion } from "./chart/chart-version";
import { copyJson, copyMap, isJsonMap, type Json, type JsonMap } from "./chart/json";
import type { RenderInput } from "./chart/render-input";
import {
  defaultConfigMapKey,
  defaultConfigMapName,
  kubernetesVersion,
  releaseName,
  renderNamespace,
} from "./names";

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
  return {
    chart: options.chart ?? alloyChart(),
    release: releaseName,
    namespace: renderNamespace,
    kubernetesVersion,
    values: mergeValues(own, renderedValues(options.chartValues ?? {})),
  };
}

/** The values without those by which no render differs: they are what the chart has anyway, or are put in their place. */
function renderedValues(chartValues: ChartValues): JsonMap {
  const values = copyMap(chartValues);
  for (const key of [...fixedValues, ...touches.map(({ value }) => value), ["extraObjects"]]) {
    removeAt(values, key);
  }
  return values;
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
  for (const [key, value] of Object.entries(over)) {
    merged.set(key, mergeValue(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function mergeValue(value: Json | undefined, over: Json): Json {
  return isJsonMap(value) && isJsonMap(over) ? mergeValues(value, over) : copyJson(over);
}
