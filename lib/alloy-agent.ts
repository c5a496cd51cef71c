import { type App, Chart } from "cdk8s";
import { type AlloyConfig, versionRequirements } from "./alloy";
import { agentContainer, alloyChart, type ChartVersion, type RenderStore } from "./chart";
import { type Diagnostic, defaultStoragePath, type Environment } from "./environment";
import { dashboardsOf, RuleFile, type RuleGroup, ruleGroupsOf } from "./monitoring";
import { AistorePipeline, type End } from "./pipeline";
import type { SettingError } from "./schema";
import { fileErrors, settingErrors, settingName } from "./setting-errors";
import {
  AlertRules,
  AlloyConfigMap,
  AlloyWorkload,
  type AlloyWorkloadProps,
  DashboardConfigMap,
  PropErrors,
} from "./workload";

/** From what an {@link AlloyAgent} is built, besides the settings of its environment. */
export interface AlloyAgentOptions {
  /** @default - the version that the environment names */
  readonly chart?: ChartVersion | undefined;
  /** @default - the renders that are committed with this project */
  readonly renders?: RenderStore | undefined;
}

/** Everything that runs Alloy on the nodes of one environment: its config, and the workload that the config requires. */
export class AlloyAgent extends Chart {
  readonly config: AlloyConfig;
  /** What of the config the files in Alloy's language may send to. */
  readonly ends: readonly End[];
  readonly workload: AlloyWorkload;
  /** The alerts, as they are written: none where none are asked for, or could tell. */
  readonly ruleGroups: readonly RuleGroup[];
  /** What the operator should know though nothing is wrong, each at its place in the environment's file. */
  readonly notices: readonly Diagnostic[];

  /**
   * @throws AggregateError of SettingErrors, with every mistake that building finds; what has none is built all the same.
   */
  constructor(scope: App, environment: Environment, options: AlloyAgentOptions = {}) {
    super(scope, environment.name);
    const {
      namespace,
      createNamespace,
      hostNetwork,
      ui,
      reloaderAddress,
      maxUnavailable,
      chartValues,
      images,
      resources,
      podSecurity,
      secrets,
      networkPolicy,
      apiServerPorts,
      storagePath = defaultStoragePath(namespace),
    } = environment;
    const pipeline = new AistorePipeline(this, "config", environment, { namespace, name: agentContainer });
    const { requirements } = pipeline;
    const mistakes = fileErrors(pipeline, requirements, environment);
    this.config = pipeline;
    this.ends = pipeline.ends;
    new AlloyConfigMap(this, "config-map", { namespace, text: this.config.toString() });
    this.workload = workloadOf(this, pipeline, mistakes, {
      requirements: [...requirements, ...versionRequirements(this.config)],
      namespace,
      createNamespace,
      hostNetwork,
      storagePath,
      ephemeralStorage: environment.storagePath === undefined,
      exposeUi: ui.expose,
      uiPort: ui.port,
      reloaderAddress,
      maxUnavailable,
      secrets,
      networkPolicy,
      apiServerPorts,
      chartValues,
      chart: options.chart ?? alloyChart(environment.chartVersion),
      images,
      resources,
      podSecurity,
      renders: options.renders,
      nameOf: settingName,
    });
    this.ruleGroups =
      environment.alerts.as === "none" ? [] : ruleGroupsOf(environment, this.config, this.workload.agentName);
    this.notices = [...environment.notices, ...levelNotices(environment, this.workload.podSecurity)];
    this.addAlerts(environment);
    if (environment.dashboards.as === "config-map") this.addDashboards(environment);
  }

  private addAlerts({ namespace, alerts }: Environment): void {
    const groups = this.ruleGroups;
    if (groups.length === 0) return;
    if (alerts.as === "file") new RuleFile(this, "alerts", groups);
    else new AlertRules(this, "alerts", { namespace, labels: alerts.labels, groups });
  }

  private addDashboards(environment: Environment): void {
    const { namespace, dashboards } = environment;
    for (const { uid, text } of dashboardsOf(environment)) {
      const name = `dashboard-${uid}`;
      new DashboardConfigMap(this, name, { namespace, name, labels: dashboards.labels, uid, text });
    }
  }
}

/**
 * @param mistakes of the config
 * @throws AggregateError of SettingErrors where the config or props are wrong: they are what settings say, or files
 */
function workloadOf(
  scope: AlloyAgent,
  config: AistorePipeline,
  mistakes: readonly SettingError[],
  props: AlloyWorkloadProps,
): AlloyWorkload {
  const errors = [...mistakes];
  try {
    const workload = new AlloyWorkload(scope, "workload", props);
    if (errors.length === 0) return workload;
  } catch (error) {
    if (!(error instanceof PropErrors)) throw error;
    errors.push(...settingErrors(error, config));
  }
  throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
}

/** Says that a level is set which may be too low for others: it holds for all that lives in the agent's namespace. */
function levelNotices(
  { namespace, createNamespace, podSecurity, source }: Environment,
  { level }: AlloyWorkload["podSecurity"],
): readonly Diagnostic[] {
  if (!createNamespace || podSecurity !== undefined || level === "privileged") return [];
  return [
    source.notice(
      ["pod_security"],
      `is ${level} for all of namespace ${namespace}, as the agent needs no more: pods of others there that do, such as node-exporter's, are refused; write privileged if there are any, ${level} if not, or create_namespace: false`,
    ),
  ];
}
