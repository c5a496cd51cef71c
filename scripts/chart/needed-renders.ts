import {
  alloyChart,
  alloyRenderInput,
  type ChartVersion,
  firstKey,
  type PinnedVersions,
  type RenderInput,
  renderKey,
} from "../../lib/chart";
import { DiagnosticsError, type Environment } from "../../lib/environment";
import { RenderError } from "./render-missing";

/** An environment with the chart that it has, or is to get. */
export interface ChartUse {
  readonly environment: Environment;
  readonly chart: ChartVersion;
}

/** What an environment has to be rendered for. */
export interface NeededRender {
  readonly environment: Environment;
  readonly input: RenderInput;
}

/** Environments with the charts that they have. */
export function chartUses(environments: readonly Environment[], pins: PinnedVersions): readonly ChartUse[] {
  return environments.map((environment) => ({
    environment,
    chart: alloyChart(environment.chartVersion, pins),
  }));
}

/** What environments have to be rendered for. */
export function neededRenders(uses: readonly ChartUse[]): readonly NeededRender[] {
  return uses.map(({ environment, chart }) => ({
    environment,
    input: alloyRenderInput({ chartValues: environment.chartValues, chart }),
  }));
}

/**
 * Places render errors at the chart values of the environments that need these renders.
 *
 * @returns a DiagnosticsError; the error itself where it is of something else
 */
export function locateRenderErrors(error: unknown, needed: readonly NeededRender[]): unknown {
  const failures = error instanceof AggregateError ? error.errors : [];
  if (failures.length === 0 || !failures.every((failure) => failure instanceof RenderError)) return error;
  const messages = new Map(failures.map(({ input, message }) => [renderKey(input), message]));
  return new DiagnosticsError(
    needed.flatMap(({ environment: { source, chartValues }, input }) => {
      const message = messages.get(renderKey(input));
      return message === undefined ? [] : [source.diagnostic(firstKey(chartValues), message)];
    }),
  );
}
