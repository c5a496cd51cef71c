import { createHash } from "node:crypto";
import { type JsonMap, type Manifest, parseManifests, sortKeys } from "./manifest";
import { ChartError, RefusedValuesError } from "./names";
import type { ChartRelease, ChartVersion } from "./pins";
import type { RenderStore } from "./render-store";

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

/**
 * The objects of Helm's output.
 *
 * @throws RefusedValuesError when it holds anything else: that comes of values which the chart writes out unseen
 */
export function readRender(text: string, { chart }: RenderInput): readonly Manifest[] {
  try {
    return parseManifests(text, `chart ${chartTitle(chart)} with these values`);
  } catch (error) {
    throw error instanceof ChartError ? new RefusedValuesError(error.message) : error;
  }
}

/** A render that is not recorded and could not be made. */
export class UnrecordedRenderError extends ChartError {
  override readonly name = "UnrecordedRenderError";
}

/**
 * The objects that a chart renders to: as recorded, or else by helm.
 *
 * @throws UnrecordedRenderError when there is no record, and helm or the chart is missing or fails
 * @throws ChartError when the record was changed by hand
 */
export function findRender(input: RenderInput, store: RenderStore): readonly Manifest[] {
  const recorded = store.find(input);
  if (recorded !== undefined) return recorded;
  // Loaded only here: synth with everything recorded never needs it.
  const { makeRender }: typeof import("./make-render") = require("./make-render");
  try {
    return store.hold(input, makeRender(input));
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    if (error instanceof RefusedValuesError) throw new UnrecordedRenderError(error.message);
    throw new UnrecordedRenderError(
      `no render of chart ${chartTitle(input.chart)} with these values is recorded, and none can be made: ${error.message}; run \`npm run chart:record\` where helm and the chart can be had, and commit imports/chart`,
    );
  }
}
