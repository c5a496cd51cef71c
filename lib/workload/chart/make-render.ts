import { chartSource } from "./chart-source";
import { openChart } from "./open-chart";
import { renderChart } from "./render-chart";
import type { RenderInput } from "./render-input";

/**
 * Renders a chart with helm.
 *
 * The chart is read from where the environment variable `ALLOY_CHART` says (a repository's URL, an OCI address, a
 * folder or an archive), or from its own repository.
 *
 * @returns Helm's output
 * @throws ChartError when helm or the chart is missing or fails
 */
export function makeRender(input: RenderInput): string {
  const open = openChart(input.chart, chartSource(input.chart, process.env.ALLOY_CHART));
  return renderChart(open, input);
}
