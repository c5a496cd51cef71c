import { chartSource } from "./chart-source";
import type { Manifest } from "./manifest";
import { openChart } from "./open-chart";
import { readRender } from "./read-render";
import { renderChart } from "./render-chart";
import type { RenderInput } from "./render-input";

/**
 * Renders a chart with helm.
 *
 * The chart is read from where the environment variable `ALLOY_CHART` says (a repository's URL, an OCI address, a
 * folder or an archive), or from its own repository.
 *
 * @throws RefusedValuesError when the chart does not render with the values
 * @throws ChartError when helm or the chart is missing or another one
 */
export function makeRender(input: RenderInput): readonly Manifest[] {
  const open = openChart(input.chart, chartSource(input.chart, process.env.ALLOY_CHART));
  return readRender(renderChart(open, input), input);
}
