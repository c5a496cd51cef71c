import versions from "../../../imports/chart/versions.json";
import { ChartError } from "../workload-error";

/** One release of a Helm chart. */
export interface ChartRelease {
  readonly name: string;
  readonly version: string;
  /** Where it is published: the URL of a Helm repository, or an `oci://` address up to the chart's name. */
  readonly repository: string;
}

/** A release that is known by the bytes of its archive. */
export interface ChartVersion extends ChartRelease {
  /** SHA-256 of the published archive, in hex. */
  readonly digest: string;
}

/** What `imports/chart/versions.json` says. */
export interface PinnedVersions {
  readonly name: string;
  readonly repository: string;
  /** The version that environments have unless they name another. */
  readonly version: string;
  /** The digest of every version that may be used. */
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * A pinned version of Grafana's Alloy chart.
 *
 * @param version @default - the version that environments have unless they name another
 * @param pinned @default - what is committed with this project
 * @throws ChartError when the version is not pinned
 */
export function alloyChart(version?: string, pinned: PinnedVersions = versions): ChartVersion {
  const { name, repository, digests } = pinned;
  const wanted = version ?? pinned.version;
  const digest = digests[wanted];
  if (digest === undefined) {
    throw new ChartError(
      `chart ${name} ${wanted} is not pinned; imports/chart/versions.json has ${Object.keys(digests).join(", ")}`,
    );
  }
  return { name, version: wanted, digest, repository };
}
