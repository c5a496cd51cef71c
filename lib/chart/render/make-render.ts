import { type OpenChart, openChart } from "./archive";
import { HelmFailure, runHelm, startHelm } from "./helm";
import { canonicalJson, isJsonMap, type Manifest, parseManifests } from "./manifest";
import { ChartError, RefusedValuesError } from "./names";
import { chartTitle } from "./pins";
import type { RenderInput } from "./renders";
import { chartSource } from "./source";

/**
 * Renders a chart with helm.
 *
 * The chart is read from where the environment variable `ALLOY_CHART` says (a repository's URL, an OCI address, a
 * folder or an archive), or from its own repository.
 *
 * @throws RefusedValuesError when the chart does not render with the values
 * @throws ChartError when helm or the chart is missing or another one
 */
export function makeRender(input: RenderInput): readonly Manifest[] {
  const open = openChart(input.chart, chartSource(input.chart, process.env.ALLOY_CHART));
  return readRender(renderChart(open, input), input);
}

/**
 * Renders a chart with helm, without its hooks and tests.
 *
 * @returns Helm's output
 * @throws RefusedValuesError when the chart does not render with the values
 * @throws ChartError when there is no helm
 */
function renderChart(open: OpenChart, input: RenderInput): string {
  try {
    return runHelm(templateArguments(open, input), JSON.stringify(input.values));
  } catch (error) {
    throw noRender(input, error);
  }
}

/** Like {@link renderChart}, beside others. */
export async function startRender(open: OpenChart, input: RenderInput): Promise<string> {
  try {
    return await startHelm(templateArguments(open, input), JSON.stringify(input.values));
  } catch (error) {
    throw noRender(input, error);
  }
}

/**
 * The objects of Helm's output.
 *
 * @throws RefusedValuesError when it holds anything else: that comes of values which the chart writes out unseen
 */
export function readRender(text: string, { chart }: RenderInput): readonly Manifest[] {
  try {
    return parseManifests(text, `chart ${chartTitle(chart)} with these values`);
  } catch (error) {
    throw error instanceof ChartError ? new RefusedValuesError(error.message) : error;
  }
}

function templateArguments(open: OpenChart, input: RenderInput): readonly string[] {
  const { crds } = input.values;
  return [
    "template",
    input.release,
    open.path,
    ...["--namespace", input.namespace],
    ...["--kube-version", input.kubernetesVersion],
    ...["--values", "-"],
    "--no-hooks",
    "--skip-tests",
    // Helm leaves a chart's custom resource definitions out unless it is asked for them.
    ...(isJsonMap(crds) && crds.create === true ? ["--include-crds"] : []),
  ];
}

/** What to tell of a chart that does not render. */
export function noRender(input: RenderInput, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  return new RefusedValuesError(
    `chart ${chartTitle(input.chart)} refuses its values: ${error.message}; its values: ${canonicalJson(input.values)}`,
  );
}
