import { chartSchema } from "./chart-schema";
import { checkChartValues } from "./chart-values";
import type { Environment } from "./environment";
import type { Problem } from "./problem";
import { Report } from "./report";
import { checkTogether, clusterAtRemote } from "./rules";
import { namesIn } from "./settings";
import type { RemoteSender } from "./shared-labels";
import { EnvironmentSource } from "./source";
import { toEnvironment } from "./to-environment";
import { validateSettings } from "./validate";
import { withoutUnset } from "./without-unset";
import { yamlValue } from "./yaml-value";

/** An environment, or what is wrong with its file. */
export interface EnvironmentResult {
  /** Absent when there are problems. */
  readonly environment?: Environment;
  readonly problems: readonly Problem[];
  /** Present when the environment sends to a remote, whatever else is wrong with it. */
  readonly sender?: RemoteSender;
}

/**
 * Reads the settings of one environment.
 *
 * @param file as it is shown to the operator
 */
export function readEnvironment(name: string, file: string, text: string): EnvironmentResult {
  const source = new EnvironmentSource(file, text);
  const { value, problems } = yamlValue(source);
  if (value === undefined) {
    return { problems };
  }
  const report = new Report(source);
  const { own, chartValues, chartNames } = split(value);
  const set = withoutUnset(own);
  const settings = validateSettings(set, chartNames, report);
  checkTogether(set, report);
  for (const [key, chartValue] of Object.entries(chartValues)) {
    checkChartValues(chartValue, chartSchema().properties?.[key] ?? {}, [key], report);
  }
  const all = [...problems, ...report.problems];
  const cluster = clusterAtRemote(set, report);
  return {
    problems: all,
    ...(cluster !== undefined && { sender: { source, cluster } }),
    ...(settings && all.length === 0 && { environment: toEnvironment(name, source, settings, chartValues) }),
  };
}

/** This project's settings, and the values for the chart. A key that is neither is taken for a setting. */
function split(value: Readonly<Record<string, unknown>>) {
  const names = namesIn();
  const entries = Object.entries(value);
  const others = entries.filter(([key]) => !names.includes(key));
  const chartNames = others.length > 0 ? Object.keys(chartSchema().properties ?? {}) : [];
  const isChartValue = ([key]: readonly [string, unknown]) => chartNames.includes(key);
  return {
    own: Object.fromEntries(entries.filter((entry) => !isChartValue(entry))),
    chartValues: Object.fromEntries(others.filter((entry) => isChartValue(entry) && entry[1] !== null)),
    chartNames,
  };
}
