import { type ChartSchema, checkAllowedValues, checkChartValues } from "../chart";
import { type PlainSettings, type Report, sectionOf } from "../schema";
import { checkAistore } from "./settings/aistore";
import { authenticated, checkDestinations, checkQueues, checkRemote } from "./settings/destination-rules";
import { defaultLabel, urlNames } from "./settings/destinations";
import { checkNamespace } from "./settings/environment";
import { checkEthtool, checkRuntime } from "./settings/node";
import { checkAmounts } from "./settings/resources";
import { checkNetworkPolicy, checkReloader, checkUi } from "./settings/workload";

/** A file as it stands, each setting checked by itself. */
export interface FileSettings {
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
  checkRuntime,
  checkAistore,
  checkEthtool,
  checkQueues,
  checkAmounts,
];

/** All rules of one file, in the order in which they are run: what an earlier one has reported, later ones leave alone. */
export const rules: readonly Rule[] = [
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
