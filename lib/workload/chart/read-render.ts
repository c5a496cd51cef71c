import { ChartError, RefusedValuesError } from "../workload-error";
import { type Manifest, parseManifests } from "./manifest";
import { chartTitle, type RenderInput } from "./render-input";

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
