import { type ChartSchema, checkAllowedValues, checkChartValues } from "../chart";
import { type PlainSettings, type Report, sectionOf } from "../schema";
import { checkAistore } from "./settings/aistore";
import { authenticated, checkDestinations, checkQueues, checkRemote } from "./settings/destination-rules";
import { defaultLabel, urlNames } from "./settings/destinations";
import { checkNamespace, type Environment } from "./settings/environment";
import { checkMonitoringLabels } from "./settings/monitoring";
import { checkEthtool, checkRuntime } from "./settings/node";
import { checkAmounts, checkGoMemory, checkMemory } from "./settings/resources";
import { checkSources } from "./settings/source-rules";
import { checkNetworkPolicy, checkReloader, checkUi } from "./settings/workload";
import type { Diagnostic } from "./yaml/diagnostic";

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
  checkSources,
  checkRuntime,
  checkAistore,
  checkEthtool,
  checkQueues,
  checkAmounts,
  checkMonitoringLabels,
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

/** Reports what is wrong with all that a file's settings mean, of which as much is known as is right. */
export const environmentRules: readonly ((
  environment: Pick<Environment, "destinations" | "memoryLimit" | "chartValues">,
  settings: PlainSettings,
  report: Report,
) => void)[] = [checkMemory, checkGoMemory];

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
