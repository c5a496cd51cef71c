import { createHash } from "node:crypto";
import type { ChartRelease, ChartVersion } from "./chart-version";
import { type JsonMap, sortKeys } from "./json";

/** Everything that decides what Helm renders. */
export interface RenderInput {
  readonly chart: ChartVersion;
  readonly release: string;
  readonly namespace: string;
  /** What the chart is told of the cluster, such as `1.28.0`. */
  readonly kubernetesVersion: string;
  /** What goes over the chart's own values; null deletes a default, as in Helm. */
  readonly values: JsonMap;
}

/**
 * The name under which a render is recorded: equal inputs have equal keys.
 *
 * The archive's digest stands for the chart, so the key is the same wherever the chart is read from.
 */
export function renderKey(input: RenderInput): string {
  return keyOf(renderText(input));
}

/** The key of an input with this text. */
export function keyOf(renderText: string): string {
  return createHash("sha256").update(renderText).digest("hex").slice(0, 16);
}

/** A text that is the same for equal inputs, and for no others. */
export function renderText(input: RenderInput): string {
  const { chart, ...rest } = input;
  const { name, version, digest } = chart;
  return JSON.stringify(sortKeys({ ...rest, chart: { name, version, digest } }));
}

/** A chart and its version, as messages name it. */
export function chartTitle(chart: ChartRelease): string {
  return `${chart.name} ${chart.version}`;
}
