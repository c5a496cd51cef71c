import { type ChartVersion, chartSource, chartTitle, type OpenChart, openChart } from "../../lib/chart";

/** The charts that a script works with, each opened once. */
export class ChartLibrary {
  private readonly charts = new Map<string, OpenChart>();

  /**
   * @param location the URL of a Helm repository, an OCI address, a folder or an archive.
   * @default - what the environment variable `ALLOY_CHART` says, or the chart's own repository
   */
  constructor(readonly location = process.env.ALLOY_CHART) {}

  /** Whether the chart is open already, so that reading it costs nothing. */
  isOpen(chart: ChartVersion): boolean {
    return this.charts.has(chartTitle(chart));
  }

  /** @throws ChartError when the chart cannot be had or is not the pinned one */
  open(chart: ChartVersion): OpenChart {
    const title = chartTitle(chart);
    const open = this.charts.get(title) ?? openChart(chart, chartSource(chart, this.location));
    this.charts.set(title, open);
    return open;
  }
}
