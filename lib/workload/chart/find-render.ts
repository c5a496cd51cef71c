import { ChartError, RefusedValuesError } from "../workload-error";
import type { Manifest } from "./manifest";
import { chartTitle, type RenderInput } from "./render-input";
import type { RenderStore } from "./render-store";

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
  if (recorded !== undefined) {
    return recorded;
  }
  // Loaded only here: synth with everything recorded never needs it.
  const { makeRender }: typeof import("./make-render") = require("./make-render");
  try {
    return store.hold(input, makeRender(input));
  } catch (error) {
    if (!(error instanceof ChartError)) {
      throw error;
    }
    if (error instanceof RefusedValuesError) {
      throw new UnrecordedRenderError(error.message);
    }
    throw new UnrecordedRenderError(
      `no render of chart ${chartTitle(input.chart)} with these values is recorded, and none can be made: ${error.message}; run \`npm run chart:record\` where helm and the chart can be had, and commit imports/chart`,
    );
  }
}
