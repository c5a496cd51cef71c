import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { ChartError } from "../workload-error";
import { cacheFolder, inCache } from "./chart-cache";
import { type ChartSource, shownLocation } from "./chart-source";
import type { ChartRelease, ChartVersion } from "./chart-version";
import { runHelm } from "./helm";
import { elsewhere, noDownload } from "./helm-messages";
import { chartTitle } from "./render-input";

/** A chart's archive on this machine. */
export interface ChartArchive {
  readonly path: string;
  readonly bytes: Buffer;
  /** Its SHA-256, in hex. */
  readonly digest: string;
}

/** @throws Error of the file system when it cannot be read */
export function readArchive(path: string): ChartArchive {
  const bytes = readFileSync(path);
  return { path, bytes, digest: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * The archive of a pinned chart: from the cache, or downloaded into it.
 *
 * @throws ChartError when it cannot be had or is another one
 */
export function pinnedArchive(chart: ChartVersion, source: ChartSource): ChartArchive {
  return cached(chart) ?? download(chart, source, (archive) => checkDigest(chart, source, archive));
}

/**
 * Downloads the archive of a chart into the cache.
 *
 * @param check sees it before it is kept
 * @throws ChartError when it cannot be had
 */
export function download(
  chart: ChartRelease,
  source: ChartSource,
  check: (archive: ChartArchive) => void = () => {},
): ChartArchive {
  return inCache((folder) => {
    pull(chart, source, folder);
    const [file = ""] = readdirSync(folder);
    const archive = readArchive(join(folder, file));
    check(archive);
    const path = cachePath({ ...chart, digest: archive.digest });
    renameSync(archive.path, path);
    return { ...archive, path };
  });
}

/** @throws ChartError when an archive is not the pinned one */
export function checkDigest(chart: ChartVersion, source: ChartSource, { digest }: ChartArchive): void {
  if (digest !== chart.digest) {
    throw new ChartError(
      `the archive of chart ${chartTitle(chart)} from ${shownLocation(source)} has SHA-256 ${digest}, and ${chart.digest} is pinned: it is not the published one; ${elsewhere}`,
    );
  }
}

/** What is in the cache, unless it was damaged there. */
function cached(chart: ChartVersion): ChartArchive | undefined {
  try {
    const archive = readArchive(cachePath(chart));
    return archive.digest === chart.digest ? archive : undefined;
  } catch {
    return undefined;
  }
}

function cachePath({ name, version, digest }: ChartVersion): string {
  return join(cacheFolder(), `${name}-${version}-${digest.slice(0, 16)}.tgz`);
}

function pull(chart: ChartRelease, source: ChartSource, folder: string): void {
  const from = source.kind === "oci" ? [source.location] : [chart.name, "--repo", source.location];
  try {
    runHelm(["pull", ...from, "--version", chart.version, "--destination", folder]);
  } catch (error) {
    throw noDownload(chart, source, error);
  }
}
