import { type Duration, nanosecondsOf } from "../alloy";
import { type Environment, signalsOf } from "../environment";
import { agentDashboard } from "./dashboards/agents";
import { aistoreDashboard } from "./dashboards/aistore";
import type { Sent } from "./dashboards/dashboard";
import type { Dashboard } from "./dashboards/grafana";
import { sendsLogsOf } from "./metrics/series";

/** A dashboard as Grafana imports it. */
export interface DashboardFile {
  /** By which Grafana knows it. */
  readonly uid: string;
  readonly title: string;
  /** In JSON. */
  readonly text: string;
}

/** What environments send that leave their sources as they are. */
const all: Sent = { logs: true, without: [], scrapeInterval: "30s" };

/** All dashboards, whole. They are of no environment: what they show is chosen in Grafana. */
export function allDashboards(): readonly DashboardFile[] {
  return [fileOf("agents", all), fileOf("aistore", all)];
}

/** The dashboards of what an environment sends. */
export function dashboardsOf(environment: Environment): readonly DashboardFile[] {
  const { namespace, destinations, ownMetrics, sources } = environment;
  if (!destinations.some((destination) => signalsOf(destination).includes("metrics"))) return [];
  const { node, cadvisor, aistore, kubeStateMetrics } = sources;
  const scraped = { node_: node, container_: cadvisor, ais_: aistore, kube_: kubeStateMetrics };
  const intervals = Object.values(scraped).flatMap((source) => source?.scrapeInterval ?? []);
  const metrics = {
    without: Object.entries(scraped).flatMap(([prefix, source]) => (source === undefined ? [prefix] : [])),
    scrapeInterval: longest([sources.scrapeInterval, ...intervals]),
  };
  const sent = (...namespaces: readonly string[]): Sent => ({
    ...metrics,
    logs: namespaces.some((one) => sendsLogsOf(one, environment)),
  });
  const ofAistore = environment.aistore.map((cluster) => cluster.namespace);
  return [
    ...(ownMetrics === "none" ? [] : [fileOf("agents", sent(namespace))]),
    ...(aistore === undefined ? [] : [fileOf("aistore", sent(...ofAistore))]),
  ];
}

function longest(intervals: readonly [Duration, ...Duration[]]): Duration {
  return intervals.reduce((one, other) => (nanosecondsOf(other) > nanosecondsOf(one) ? other : one));
}

const makers = { agents: agentDashboard, aistore: aistoreDashboard } as const satisfies Readonly<
  Record<string, (sent: Sent) => Dashboard>
>;

/** Those that were asked for before: many environments have the same. */
const made = new Map<string, DashboardFile>();

function fileOf(of: keyof typeof makers, sent: Sent): DashboardFile {
  const key = `${of} ${JSON.stringify(sent)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const dashboard = makers[of](sent);
  const { uid, title } = dashboard;
  const file = { uid, title, text: `${JSON.stringify(dashboard, null, 2)}\n` };
  made.set(key, file);
  return file;
}
