import { AlloyAgent } from "../../lib/alloy-agent";
import {
  ChartError,
  type ChartSchema,
  chartTitle,
  checkChartValues,
  type RenderStore,
} from "../../lib/chart";
import { DiagnosticsError } from "../../lib/environment";
import { Report } from "../../lib/schema";
import { type Manifests, synthesize, withIndex } from "../../lib/synthesis";
import { type EnvironmentChange, environmentChange } from "../plan/environment-change";
import type { UpgradeStep } from "./upgrade-plan";

/**
 * Checks the chart values of environments against the version that they are to get.
 *
 * @param schema of that version's values
 * @throws ChartError with every value that it doesn't take
 */
export function checkNewValues(steps: readonly UpgradeStep[], schema: ChartSchema): void {
  const diagnostics = steps.flatMap(({ environment: { source, chartValues } }) => {
    const report = new Report();
    checkChartValues(chartValues, schema, [], report);
    return report.mistakes.map(({ key, message }) => source.diagnostic(key, message));
  });
  const [first] = steps;
  if (first !== undefined && diagnostics.length > 0) {
    throw new ChartError(
      `chart ${chartTitle(first.after)} takes other values:\n${new DiagnosticsError(diagnostics).message}`,
    );
  }
}

/**
 * How the environments change that get another version of the chart. Those whose files don't change are left out.
 *
 * @param store has the renders of both versions
 * @throws DiagnosticsError where this project's changes don't fit what the version renders
 */
export function compareVersions(
  steps: readonly UpgradeStep[],
  store: RenderStore,
): readonly EnvironmentChange[] {
  const [before, after] = [manifestsOf(steps, "before", store), manifestsOf(steps, "after", store)];
  return steps.flatMap(({ environment: { name } }) => {
    const written = before.get(name);
    return environmentChange(name, written && withIndex(written), after.get(name)) ?? [];
  });
}

function manifestsOf(
  steps: readonly UpgradeStep[],
  side: "before" | "after",
  store: RenderStore,
): ReadonlyMap<string, Manifests> {
  const charts = new Map(steps.map((step) => [step.environment.name, step[side]]));
  return synthesize(
    steps.map(({ environment }) => environment),
    (app, environment) => {
      const chart = charts.get(environment.name);
      new AlloyAgent(app, environment, { renders: store, chart });
    },
  );
}
