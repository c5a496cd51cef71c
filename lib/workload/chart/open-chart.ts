import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ChartError } from "../workload-error";
import { type ChartFiles, readChartArchive, readChartFolder, titleOf } from "./chart-files";
import type { ChartSource } from "./chart-source";
import type { ChartVersion } from "./chart-version";
import { runHelm } from "./helm";
import { noDownload } from "./helm-messages";
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
 * An archive is checked by its SHA-256. A folder has none: its name and version are checked. Downloads are kept
 * in `$XDG_CACHE_HOME/aistore-alloy/charts`.
 *
 * @throws ChartError when the chart cannot be had or is another one
 */
export function openChart(chart: ChartVersion, source: ChartSource): OpenChart {
  if (source.kind === "folder") {
    const files = readChartFolder(source.location);
    return { chart, source, path: source.location, files: checkTitle(chart, source, files) };
  }
  const path = source.kind === "archive" ? source.location : download(chart, source);
  const archive = readFileSync(path);
  checkDigest(chart, source, archive);
  return { chart, source, path, files: checkTitle(chart, source, readChartArchive(archive)) };
}

/** The archive's path in the cache, to which it is downloaded if it isn't there. */
function download(chart: ChartVersion, source: ChartSource): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "aistore-alloy", "charts");
  const path = join(folder, `${chart.name}-${chart.version}-${chart.digest.slice(0, 16)}.tgz`);
  if (existsSync(path)) {
    return path;
  }
  mkdirSync(folder, { recursive: true });
  const part = mkdtempSync(join(folder, "part-"));
  try {
    pull(chart, source, part);
    const [file = ""] = readdirSync(part);
    checkDigest(chart, source, readFileSync(join(part, file)));
    renameSync(join(part, file), path);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return path;
}

function pull(chart: ChartVersion, source: ChartSource, folder: string): void {
  const from = source.kind === "oci" ? [source.location] : [chart.name, "--repo", source.location];
  try {
    runHelm(["pull", ...from, "--version", chart.version, "--destination", folder]);
  } catch (error) {
    throw noDownload(chart, source, error);
  }
}

function checkDigest(chart: ChartVersion, source: ChartSource, archive: Buffer): void {
  const digest = createHash("sha256").update(archive).digest("hex");
  if (digest !== chart.digest) {
    throw new ChartError(
      `the archive of chart ${chartTitle(chart)} from ${source.location} has SHA-256 ${digest}, and ${chart.digest} is pinned: it is not the published one`,
    );
  }
}

function checkTitle(chart: ChartVersion, source: ChartSource, files: ChartFiles): ChartFiles {
  const title = titleOf(files);
  if (title !== chartTitle(chart)) {
    throw new ChartError(
      `${source.location} holds ${title ?? "no chart"}, and chart ${chartTitle(chart)} is pinned`,
    );
  }
  return files;
}
