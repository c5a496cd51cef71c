import { type ChartSchema, chartSchema, defaultChartVersion, pinnedChartVersions } from "../chart";
import type { PlainSettings, Report } from "../schema";
import { environmentRules, rules } from "./rules";
import type { Environment } from "./settings/environment";
import type { Settings } from "./settings/settings";
import { namesIn, validateSettings, withoutUnset } from "./validate";
import { withNames } from "./yaml/value";

/** What the values of a file say. */
export interface Checked {
  /** Absent where one of them is wrong. */
  readonly settings: Settings | undefined;
  /** The settings as they stand in the file. */
  readonly set: PlainSettings;
  readonly chartValues: PlainSettings;
  readonly report: Report;
}

/**
 * Checks each value by itself, then what they ask of each other.
 *
 * @param report gets what is wrong
 * @param isIncomplete there are others that are not known, so that nothing can be said of all together
 */
export function check(value: PlainSettings, report: Report, isIncomplete = false): Checked {
  const version = chartVersionIn(value);
  const chart = hasOtherKeys(value) ? chartSchema(version) : {};
  if (chart === undefined) {
    report.add(
      ["chart_version"],
      `the values of chart ${version} are not recorded; run npm run chart:record`,
    );
  }
  // Without any version's values, each key may be one of them.
  const anyKey = { properties: Object.fromEntries(Object.keys(value).map((key) => [key, {}])) };
  const { own, chartValues, chartNames } = split(value, chart ?? chartSchema(defaultChartVersion) ?? anyKey);
  const set = withoutUnset(withNames(own));
  const settings = validateSettings(set, chartNames, report);
  const known = chart === undefined ? {} : chartValues;
  const together = isIncomplete ? [] : rules;
  for (const rule of together) rule({ settings: set, chartValues: known, chart: chart ?? {} }, report);
  return { settings, set, chartValues: known, report };
}

/** Checks what all settings together mean. */
export function checkEnvironment(environment: Environment, set: PlainSettings, report: Report): void {
  for (const rule of environmentRules) rule(environment, set, report);
}

/** The version of the chart by which values are checked; one that isn't pinned is reported elsewhere. */
export function chartVersionIn({ chart_version }: Readonly<Record<string, unknown>>): string {
  return pinnedChartVersions.find((version) => version === chart_version) ?? defaultChartVersion;
}

/** Whether there can be chart values: most files have none, and then no schema is read. */
function hasOtherKeys(value: Readonly<Record<string, unknown>>): boolean {
  const names = namesIn();
  return Object.keys(value).some((key) => !names.includes(key));
}

/** This project's settings, and the values for the chart. A key that is neither is taken for a setting. */
export function split(value: Readonly<Record<string, unknown>>, chart: ChartSchema) {
  const names = namesIn();
  const entries = Object.entries(value);
  const others = entries.filter(([key]) => !names.includes(key));
  const chartNames = Object.keys(chart.properties ?? {});
  const isChartValue = ([key]: readonly [string, unknown]) =>
    chartNames.includes(key) && !names.includes(key);
  return {
    own: Object.fromEntries(entries.filter((entry) => !isChartValue(entry))),
    chartValues: Object.fromEntries(others.filter((entry) => isChartValue(entry) && entry[1] !== null)),
    chartNames,
  };
}
