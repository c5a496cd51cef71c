import {
  type ChartSchema,
  chartSchema,
  checkAllowedValues,
  checkChartValues,
  defaultChartVersion,
  pinnedChartVersions,
} from "../chart";
import { isRecord, type PlainSettings, type Report, sectionOf } from "../schema";
import { namesIn, withoutUnset } from "./setting-tree";
import { checkAistore } from "./settings/aistore";
import { authenticated, checkDestinations, checkQueues, checkRemote } from "./settings/destination-rules";
import { defaultLabel, urlNames } from "./settings/destinations";
import type { Environment } from "./settings/environment";
import { checkMonitoringForms } from "./settings/monitoring";
import { checkEthtool, checkRuntime } from "./settings/node";
import { checkAmounts, checkGoMemory, checkMemory } from "./settings/resources";
import type { Settings } from "./settings/settings";
import { checkSources } from "./settings/source-rules";
import { checkNamespace, checkNetworkPolicy, checkReloader, checkUi } from "./settings/workload";
import { validateSettings } from "./validate";
import type { Diagnostic } from "./yaml/diagnostic";

/** A file as it stands, each setting checked by itself. */
interface FileSettings {
  readonly settings: PlainSettings;
  readonly chartValues: PlainSettings;
  /** What the chart takes, in the environment's version. */
  readonly chart: ChartSchema;
}

/** Reports what settings and chart values ask of each other. */
type Rule = (file: FileSettings, report: Report) => void;

/** Rules on settings alone. A setting that has a mistake of its own counts as set, so that none is reported twice. */
const onSettings = [
  checkRemote,
  checkDestinations,
  checkUi,
  checkNetworkPolicy,
  checkNamespace,
  checkSources,
  checkRuntime,
  checkAistore,
  checkEthtool,
  checkQueues,
  checkAmounts,
  checkMonitoringForms,
];

/** All rules of one file, in the order in which they are run: what an earlier one has reported, later ones leave alone. */
const rules: readonly Rule[] = [
  ...onSettings.map(
    (check): Rule =>
      ({ settings }, report) =>
        check(settings, report),
  ),
  ({ settings, chartValues }, report) => checkReloader(settings, chartValues, report),
  ({ settings, chartValues }, report) => {
    if (Object.keys(chartValues).length > 0) checkAllowedValues(settings, chartValues, report);
  },
  ({ chartValues, chart }, report) => {
    for (const [key, value] of Object.entries(chartValues)) {
      checkChartValues(value, chart.properties?.[key] ?? {}, [key], report);
    }
  },
];

/** Rules on what all settings of a file mean together. Where some are wrong, the rules get what the right ones mean. */
const environmentRules: readonly ((
  environment: Pick<Environment, "destinations" | "memoryLimit" | "chartValues">,
  settings: PlainSettings,
  report: Report,
) => void)[] = [checkMemory, checkGoMemory];

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
export function chartVersionIn({ chart_version }: PlainSettings): string {
  return pinnedChartVersions.find((version) => version === chart_version) ?? defaultChartVersion;
}

/** Whether there can be chart values: most files have none, and then no schema is read. */
function hasOtherKeys(value: PlainSettings): boolean {
  const names = namesIn();
  return Object.keys(value).some((key) => !names.includes(key));
}

/** This project's settings, and the values for the chart. A key that is neither is taken for a setting. */
export function split(value: PlainSettings, chart: ChartSchema) {
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

/** Sections whose keys are names that an operator chooses, with settings below each. */
const namedSections = ["destinations", "secrets"] as const;

/**
 * A file's settings in which a name with nothing below it has no settings, so that those that it needs are missed.
 * Any other key with nothing after it is unset.
 */
function withNames(settings: PlainSettings): PlainSettings {
  const named = namedSections.flatMap((section) => {
    const names = settings[section];
    if (!isRecord(names)) return [];
    return [[section, Object.fromEntries(Object.entries(names).map(([name, value]) => [name, value ?? {}]))]];
  });
  return { ...settings, ...Object.fromEntries(named) };
}

/**
 * The `cluster` under which a remote gets the data, or another destination that asks for credentials.
 *
 * @returns undefined when there is none, or when the label has a mistake of its own
 */
export function clusterAtRemote(settings: PlainSettings, report: Report): string | undefined {
  const label = sectionOf(settings, "remote").label ?? defaultLabel;
  const hasRemote =
    urlNames.some((name) => sectionOf(settings, "remote")[name] !== undefined) ||
    authenticated(settings).length > 0;
  return hasRemote && typeof label === "string" && !report.has(["remote", "label"]) ? label : undefined;
}

/** An environment that sends to a remote. */
export interface RemoteSender {
  /** The value of the attribute `cluster`. */
  readonly cluster: string;
  /** Where the environment's own file says it, or would. */
  readonly label: Diagnostic;
}

/**
 * The rule across files: environments that a remote couldn't tell apart, since they send under the same `cluster`.
 *
 * @param senders those whose clusters are compared
 * @param others those whose labels are taken as well
 */
export function sharedLabels(
  senders: readonly RemoteSender[],
  others: readonly RemoteSender[] = [],
): Diagnostic[] {
  const owners = new Map(others.map(({ cluster, label }) => [cluster, label]));
  const diagnostics: Diagnostic[] = [];
  for (const { cluster, label } of senders) {
    const owner = owners.get(cluster);
    if (owner === undefined) {
      owners.set(cluster, label);
      continue;
    }
    const { file, line, column } = owner;
    const message = `the cluster is ${JSON.stringify(cluster)} as in ${file}:${line}:${column}, and a remote couldn't tell the two apart; write another label`;
    diagnostics.push({ ...label, message });
  }
  return diagnostics;
}
