import { ChartError } from "../workload-error";
import { checkDigest, pinnedArchive, readArchive } from "./chart-archive";
import { type ChartFiles, readChartArchive, readChartFolder, titleOf } from "./chart-files";
import { type ChartSource, shownLocation } from "./chart-source";
import type { ChartVersion } from "./chart-version";
import { elsewhere } from "./helm-messages";
import { chartTitle } from "./render-input";

/** A chart on this machine, known to be the pinned one. */
export interface OpenChart {
  readonly chart: ChartVersion;
  readonly source: ChartSource;
  /** Its folder or archive. */
  readonly path: string;
  readonly files: ChartFiles;
}

/**
 * Brings a chart to this machine and checks that it is the pinned one.
 *
 * An archive is checked by its SHA-256. A folder has none: its name and version are checked.
 *
 * @throws ChartError when the chart cannot be had or is another one
 */
export function openChart(chart: ChartVersion, source: ChartSource): OpenChart {
  if (source.kind === "folder") {
    const files = readChartFolder(source.location);
    return { chart, source, path: source.location, files: checkTitle(chart, source, files) };
  }
  const archive = source.kind === "archive" ? readArchive(source.location) : pinnedArchive(chart, source);
  checkDigest(chart, source, archive);
  return {
    chart,
    source,
    path: archive.path,
    files: checkTitle(chart, source, readChartArchive(archive.bytes)),
  };
}

function checkTitle(chart: ChartVersion, source: ChartSource, files: ChartFiles): ChartFiles {
  const title = titleOf(files);
  if (title !== chartTitle(chart)) {
    throw new ChartError(
      `${shownLocation(source)} holds ${title ?? "no chart"}, and chart ${chartTitle(chart)} is wanted; ${elsewhere}`,
    );
  }
  return files;
}
