import { dirname } from "node:path";
import { type ChartSchema, chartSchema, defaultChartVersion, pinnedChartVersions } from "../chart";
import { hasValue, Report } from "../schema";
import { Bases } from "./bases";
import type { RemoteSender } from "./load";
import { clusterAtRemote, rules } from "./rules";
import type { Environment } from "./settings/environment";
import { memoryDiagnostics } from "./settings/resources";
import { toEnvironment } from "./to-environment";
import { namesIn, validateSettings, withoutUnset } from "./validate";
import type { Diagnostic } from "./yaml/diagnostic";
import { withNames } from "./yaml/value";

/** An environment, or what is wrong with its file. */
export interface EnvironmentResult {
  /** Absent when there are diagnostics. */
  readonly environment?: Environment | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Present when the environment sends to a remote, whatever else is wrong with it. */
  readonly sender?: RemoteSender | undefined;
}

/**
 * Reads the settings of one environment.
 *
 * @param file as it is shown to the operator
 * @param bases reads what the file extends
 */
export function readEnvironment(
  name: string,
  file: string,
  text: string,
  bases = new Bases(dirname(file)),
): EnvironmentResult {
  const { source, value, diagnostics, isIncomplete, idle } = bases.layers(file, text);
  if (value === undefined) return { diagnostics };
  const report = new Report();
  const version = chartVersionIn(value);
  const chart = hasOtherKeys(value) ? chartSchema(version) : {};
  if (chart === undefined) {
    const message = `the values of chart ${version} are not recorded; run npm run chart:record`;
    return { diagnostics: [...diagnostics, source.diagnostic(["chart_version"], message)] };
  }
  const { own, chartValues, chartNames } = split(value, chart);
  const set = withoutUnset(withNames(own));
  const settings = validateSettings(set, chartNames, report);
  if (isIncomplete) {
    // What is missing here may be said there.
    const own = report.mistakes.filter(({ key }) => hasValue(set, key));
    return {
      diagnostics: [...diagnostics, ...own.map(({ key, message }) => source.diagnostic(key, message))],
    };
  }
  for (const rule of rules) rule({ settings: set, chartValues, chart }, report);
  for (const { key, message } of idle) if (!report.has(key)) report.add(key, message);
  const mistakes = report.mistakes.map(({ key, message }) => source.diagnostic(key, message));
  const wrong = [...diagnostics, ...mistakes];
  const environment =
    settings && wrong.length === 0 ? toEnvironment(name, source, settings, chartValues) : undefined;
  const all = environment === undefined ? wrong : memoryDiagnostics(environment, set);
  const cluster = clusterAtRemote(set, report);
  source.release();
  return {
    diagnostics: all,
    sender: cluster === undefined ? undefined : { source, cluster },
    environment: all.length === 0 ? environment : undefined,
  };
}

/** The version of the chart by which values are checked; one that isn't pinned is reported elsewhere. */
function chartVersionIn({ chart_version }: Readonly<Record<string, unknown>>): string {
  return pinnedChartVersions.find((version) => version === chart_version) ?? defaultChartVersion;
}

/** Whether there can be chart values: most files have none, and then no schema is read. */
function hasOtherKeys(value: Readonly<Record<string, unknown>>): boolean {
  const names = namesIn();
  return Object.keys(value).some((key) => !names.includes(key));
}

/** This project's settings, and the values for the chart. A key that is neither is taken for a setting. */
function split(value: Readonly<Record<string, unknown>>, chart: ChartSchema) {
  const names = namesIn();
  const entries = Object.entries(value);
  const others = entries.filter(([key]) => !names.includes(key));
  const chartNames = Object.keys(chart.properties ?? {});
  const isChartValue = ([key]: readonly [string, unknown]) => chartNames.includes(key);
  return {
    own: Object.fromEntries(entries.filter((entry) => !isChartValue(entry))),
    chartValues: Object.fromEntries(others.filter((entry) => isChartValue(entry) && entry[1] !== null)),
    chartNames,
  };
}
