import {
  ChartError,
  formatRecord,
  helmVersion,
  type Manifest,
  type RenderInput,
  type RenderStore,
  startRender,
} from "../../lib/chart";
import type { ChartLibrary } from "./chart-library";
import { distinctInputs } from "./distinct-inputs";
import { inParallel } from "./in-parallel";

/** A chart that does not render for an input. */
export class RenderError extends ChartError {
  override readonly name = "RenderError";

  constructor(
    readonly input: RenderInput,
    message: string,
  ) {
    super(message);
  }
}

/** A render that was not recorded. */
export interface NewRender {
  readonly input: RenderInput;
  /** The text of its record. */
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

/** What {@link renderMissing} made, and where it failed. */
export interface NewRenders {
  readonly renders: readonly NewRender[];
  readonly errors: readonly RenderError[];
}

/**
 * Renders what is not recorded, each distinct input once, as many at a time as the machine has processors.
 *
 * A record that was changed by hand counts as missing. Where nothing is missing, neither helm nor the chart is needed.
 *
 * @throws ChartError when helm or a chart cannot be had
 */
export async function renderMissing(
  inputs: readonly RenderInput[],
  store: RenderStore,
  charts: ChartLibrary,
): Promise<NewRenders> {
  const missing = distinctInputs(inputs).filter((input) => !isRecorded(input, store));
  for (const { chart } of missing) charts.open(chart);
  const helm = missing.length === 0 ? "" : helmVersion();
  const errors: RenderError[] = [];
  const renders = await inParallel(missing, async (input) => {
    try {
      const open = charts.open(input.chart);
      const manifests = await startRender(open, input);
      return [{ input, text: formatRecord(input, { source: open.source.kind, helm }, manifests), manifests }];
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      errors.push(new RenderError(input, error.message));
      return [];
    }
  });
  return { renders: renders.flat(), errors };
}

/** All failures as one error, in an order that doesn't depend on which process ended first. */
export function asOneError(errors: readonly RenderError[]): AggregateError {
  const messages = errors.map(({ message }) => message).sort();
  return new AggregateError(errors, messages.join("\n"));
}

function isRecorded(input: RenderInput, store: RenderStore): boolean {
  try {
    return store.find(input) !== undefined;
  } catch (error) {
    if (error instanceof ChartError) return false;
    throw error;
  }
}
