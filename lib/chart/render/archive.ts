import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isMap, parseDocument } from "yaml";
import { runHelm } from "./helm";
import { ChartError } from "./names";
import { type ChartRelease, type ChartVersion, chartTitle } from "./pins";
import {
  type ChartSource,
  cacheFolder,
  chartSource,
  elsewhere,
  inCache,
  noDownload,
  shownLocation,
} from "./source";

const blockSize = 512;

/**
 * The text files of a gzipped tar archive, by path.
 *
 * Reads what `helm package` writes: plain files with ustar names. Anything else in the archive is passed over.
 *
 * @returns no files where it is no such archive
 */
export function readTarArchive(archive: Buffer): Map<string, string> {
  const tar = unpacked(archive);
  const files = new Map<string, string>();
  let offset = 0;
  while (offset + blockSize <= tar.length && tar[offset] !== 0) {
    const header = tar.subarray(offset, offset + blockSize);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const start = offset + blockSize;
    const type = text(header, 156, 1);
    if (type === "0" || type === "") {
      const folder = text(header, 345, 155);
      const name = text(header, 0, 100);
      files.set(folder === "" ? name : `${folder}/${name}`, tar.toString("utf8", start, start + size));
    }
    offset = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

function unpacked(archive: Buffer): Buffer {
  try {
    return gunzipSync(archive);
  } catch {
    return Buffer.alloc(0);
  }
}

/** A header's field, up to its first NUL. */
function text(header: Buffer, start: number, length: number): string {
  const field = header.toString("latin1", start, start + length);
  const end = field.indexOf("\0");
  return (end === -1 ? field : field.slice(0, end)).trim();
}

/** The text files of a chart, by their path in it, such as `templates/service.yaml`. */
export type ChartFiles = ReadonlyMap<string, string>;

/** Reads a chart's files from its folder; none from a folder that is no chart's, however much it holds. */
export function readChartFolder(folder: string): ChartFiles {
  if (!existsSync(join(folder, "Chart.yaml"))) return new Map();
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path.replaceAll("\\", "/"), readFileSync(join(folder, path), "utf8")]));
}

/** Reads a chart's files from its archive, which holds them in one folder; none from what is no archive. */
export function readChartArchive(archive: Buffer): ChartFiles {
  const files = [...readTarArchive(archive)];
  return new Map(files.map(([path, text]) => [path.slice(path.indexOf("/") + 1), text]));
}

/** The name and version in a chart's `Chart.yaml`, such as `alloy 1.11.1`. */
export function titleOf(files: ChartFiles): string | undefined {
  const text = files.get("Chart.yaml");
  const about = text === undefined ? null : parseDocument(text).contents;
  return isMap(about) ? `${about.get("name")} ${about.get("version")}` : undefined;
}

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
function pinnedArchive(chart: ChartVersion, source: ChartSource): ChartArchive {
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
function checkDigest(chart: ChartVersion, source: ChartSource, { digest }: ChartArchive): void {
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
 * @param source @default - what the environment variable `ALLOY_CHART` says, or the chart's own repository
 * @throws ChartError when the chart cannot be had or is another one
 */
export function openChart(
  chart: ChartVersion,
  source = chartSource(chart, process.env.ALLOY_CHART),
): OpenChart {
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
