import { runHelm, startHelm } from "./helm";
import { noRender } from "./helm-messages";
import { isJsonMap } from "./json";
import type { OpenChart } from "./open-chart";
import type { RenderInput } from "./render-input";

/**
 * Renders a chart with helm, without its hooks and tests.
 *
 * @returns Helm's output
 * @throws RefusedValuesError when the chart does not render with the values
 * @throws ChartError when there is no helm
 */
export function renderChart(open: OpenChart, input: RenderInput): string {
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
