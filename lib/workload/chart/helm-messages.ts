import { ChartError, RefusedValuesError } from "../workload-error";
import { indexedVersions } from "./chart-index";
import { type ChartSource, shownLocation } from "./chart-source";
import type { ChartRelease } from "./chart-version";
import { HelmFailure, runHelm } from "./helm";
import { canonicalJson } from "./json";
import { chartTitle, type RenderInput } from "./render-input";
import { isPrerelease } from "./version-order";

/** What to do about a place that doesn't have the chart that is wanted. */
export const elsewhere = "name another place, a folder or an archive in the environment variable ALLOY_CHART";

/** What to tell of a download that failed. */
export function noDownload(chart: ChartRelease, source: ChartSource, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) {
    return error;
  }
  if (/version .* not found|: not found$/m.test(error.message)) {
    return noSuchVersion(chart, source);
  }
  // The last part of a chain of causes is the one that the operator can do something about.
  const cause = error.message
    .split(": ")
    .slice(-2)
    .join(": ")
    .replace(source.location, shownLocation(source));
  return new ChartError(
    `cannot get chart ${chartTitle(chart)} from ${shownLocation(source)}: ${cause}; ${elsewhere}`,
  );
}

/** What to tell of a version that a place has not: those that it has. */
export function noSuchVersion(chart: ChartRelease, source: ChartSource): ChartError {
  return new ChartError(`${shownLocation(source)} has no chart ${chartTitle(chart)}${newest(chart, source)}`);
}

/** What to tell of a chart that does not render. */
export function noRender(input: RenderInput, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) {
    return error;
  }
  return new RefusedValuesError(
    `chart ${chartTitle(input.chart)} refuses its values: ${error.message}; its values: ${canonicalJson(input.values)}`,
  );
}

/** The newest versions that a place does have, to name one of them instead. */
function newest(chart: ChartRelease, source: ChartSource): string {
  try {
    const versions = source.kind === "oci" ? newestAt(source) : newestIn(chart, source);
    return versions.length === 0
      ? ", nor any other of that name"
      : `; its newest ${versions.length === 1 ? "is" : "are"} ${versions.join(", ")}`;
  } catch {
    return "";
  }
}

function newestIn({ name }: ChartRelease, source: ChartSource): readonly string[] {
  const versions = indexedVersions(name, source.location).map(({ version }) => version);
  const releases = versions.filter((version) => !isPrerelease(version));
  return (releases.length === 0 ? versions : releases).slice(0, 3);
}

/** A registry has no index; asked for no version, helm shows the newest. */
function newestAt({ location }: ChartSource): readonly string[] {
  const about = runHelm(["show", "chart", location]);
  return [...about.matchAll(/^version: (.*)$/gm)].map(([, version = ""]) => version);
}
