import { nearest } from "../../lib/alloy";
import {
  alloyChart,
  ChartError,
  type ChartVersion,
  chartSource,
  chartTitle,
  type PinnedVersions,
} from "../../lib/chart";
import type { Environment } from "../../lib/environment";
import { publishedDigest } from "./published-digest";

/** What an upgrade is asked for. */
export interface UpgradeRequest {
  readonly version: string;
  /** The environments that get the version. Empty: all whose files name no version. */
  readonly names: readonly string[];
  /** SHA-256 of the published archive, in hex. @default - as the place where the chart comes from has it */
  readonly digest?: string | undefined;
}

/** What an upgrade does to one environment: nothing where both versions are the same. */
export interface UpgradeStep {
  readonly environment: Environment;
  readonly before: ChartVersion;
  readonly after: ChartVersion;
}

/** What an upgrade does. */
export interface UpgradePlan {
  readonly chart: ChartVersion;
  readonly steps: readonly UpgradeStep[];
  /** What is pinned afterwards. Versions that no environment has any more are still among them. */
  readonly pins: PinnedVersions;
}

/**
 * Which environments get a version: those that are named, or, when none is, those that name no version themselves.
 *
 * @param location see `chartSource`
 * @throws ChartError when there is no such environment or version, or its digest is not the pinned one
 */
export function upgradePlan(
  request: UpgradeRequest,
  environments: readonly Environment[],
  pins: PinnedVersions,
  location?: string,
): UpgradePlan {
  const { names } = request;
  checkNames(names, environments);
  const chart = wantedChart(request, pins, location);
  const { version, digest } = chart;
  return {
    chart,
    steps: environments.map((environment) => {
      const before = alloyChart(environment.chartVersion, pins);
      const isMeant =
        names.length === 0 ? environment.chartVersion === undefined : names.includes(environment.name);
      return { environment, before, after: isMeant ? chart : before };
    }),
    pins: {
      ...pins,
      version: names.length === 0 ? version : pins.version,
      digests: { ...pins.digests, [version]: digest },
    },
  };
}

function checkNames(names: readonly string[], environments: readonly Environment[]): void {
  const known = environments.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) {
      throw new ChartError(`${name} is no environment; write ${nearest(name, known) ?? known.join(", ")}`);
    }
  }
}

/** The chart with the digest that is pinned or, the first time, to be pinned. */
function wantedChart(
  { version, digest: given }: UpgradeRequest,
  { name, repository, digests }: PinnedVersions,
  location: string | undefined,
): ChartVersion {
  const chart = { name, version, repository };
  const pinned = digests[version];
  if (pinned !== undefined && given !== undefined && given !== pinned) {
    throw new ChartError(
      `chart ${chartTitle(chart)} is pinned with SHA-256 ${pinned}, and ${given} is given`,
    );
  }
  return { ...chart, digest: pinned ?? given ?? publishedDigest(chart, chartSource(chart, location)) };
}
