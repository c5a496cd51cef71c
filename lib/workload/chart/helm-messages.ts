import { ChartError } from "../workload-error";
import type { ChartSource } from "./chart-source";
import type { ChartVersion } from "./chart-version";
import { HelmFailure, runHelm } from "./helm";
import { canonicalJson } from "./json";
import { chartTitle, type RenderInput } from "./render-input";

/** What to tell of a download that failed. */
export function noDownload(chart: ChartVersion, source: ChartSource, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) {
    return error;
  }
  const title = chartTitle(chart);
  if (/version .* not found|: not found$/m.test(error.message)) {
    return new ChartError(`${source.location} has no chart ${title}${newest(chart, source)}`);
  }
  // The last part of a chain of causes is the one that the operator can do something about.
  const cause = error.message.split(": ").slice(-2).join(": ");
  return new ChartError(
    `cannot get chart ${title} from ${source.location}: ${cause}; name another place, a folder or an archive in the environment variable ALLOY_CHART`,
  );
}

/** What to tell of a chart that does not render. */
export function noRender(input: RenderInput, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) {
    return error;
  }
  return new ChartError(
    `chart ${chartTitle(input.chart)} refuses its values: ${error.message}; its values: ${canonicalJson(input.values)}`,
  );
}

/** The newest version of a chart that a repository does have, to name it instead. */
function newest(chart: ChartVersion, source: ChartSource): string {
  if (source.kind !== "repository") {
    return "";
  }
  try {
    const about = runHelm(["show", "chart", chart.name, "--repo", source.location]);
    const version = /^version: (.*)$/m.exec(about)?.[1];
    return version === undefined ? "" : `; its newest is ${version}`;
  } catch {
    return "; it has no chart of that name";
  }
}
