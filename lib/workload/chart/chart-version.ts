import versions from "../../../imports/chart/versions.json";
import { ChartError } from "../workload-error";

/** One release of a Helm chart, known by the bytes of its archive. */
export interface ChartVersion {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the published archive, in hex. */
  readonly digest: string;
  /** The Helm repository that the archive is published in. */
  readonly repository: string;
}

/**
 * A pinned version of Grafana's Alloy chart.
 *
 * @param version @default - the version that `imports/chart/versions.json` names
 * @throws ChartError when that file has no digest for the version
 */
export function alloyChart(version: string = versions.version): ChartVersion {
  const digests: Readonly<Record<string, string>> = versions.digests;
  const digest = digests[version];
  if (digest === undefined) {
    throw new ChartError(
      `chart ${versions.name} ${version} is not pinned; imports/chart/versions.json has ${Object.keys(digests).join(", ")}`,
    );
  }
  return { name: versions.name, version, digest, repository: versions.repository };
}
