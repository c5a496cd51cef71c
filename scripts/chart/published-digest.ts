import {
  ChartError,
  type ChartRelease,
  type ChartSource,
  download,
  indexedVersions,
  noDownload,
  noSuchVersion,
  readArchive,
  shownLocation,
} from "../../lib/chart";

/**
 * The SHA-256 of a chart's archive: as the repository's index says it, or else of the archive's bytes.
 *
 * @throws ChartError when the source has no such version, or is a folder, which has no digest
 */
export function publishedDigest(chart: ChartRelease, source: ChartSource): string {
  switch (source.kind) {
    case "repository":
      return digestInIndex(chart, source) ?? download(chart, source).digest;
    case "oci":
      return download(chart, source).digest;
    case "archive":
      return readArchive(source.location).digest;
    case "folder":
      throw new ChartError(
        `${shownLocation(source)} is a folder, which has no digest to pin; add --digest with the SHA-256 of the published archive, or name a repository, an OCI address or an archive`,
      );
  }
}

/** @returns undefined when the repository's index says none */
function digestInIndex(chart: ChartRelease, source: ChartSource): string | undefined {
  try {
    const versions = indexedVersions(chart.name, source.location);
    const found = versions.find(({ version }) => version === chart.version);
    if (found === undefined) throw noSuchVersion(chart, source);
    return found.digest?.replace(/^sha256:/, "");
  } catch (error) {
    throw noDownload(chart, source, error);
  }
}
