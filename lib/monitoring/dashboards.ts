import { type Environment, signalsOf } from "../environment";
import { agentDashboard } from "./dashboards/agent/agent";
import { aistoreDashboard } from "./dashboards/aistore/aistore";
import type { Dashboard } from "./dashboards/grafana";

/** A dashboard as Grafana imports it. */
export interface DashboardFile {
  /** By which Grafana knows it. */
  readonly uid: string;
  readonly title: string;
  /** In JSON. */
  readonly text: string;
}

/** All dashboards, whole. They are the same for all environments: what they show is chosen in Grafana. */
export function allDashboards(): readonly DashboardFile[] {
  return [fileOf("agents", true), fileOf("aistore", true)];
}

/** The dashboards of what an environment sends: without logs where it sends none. */
export function dashboardsOf({
  destinations,
  ownMetrics,
}: Pick<Environment, "destinations" | "ownMetrics">): readonly DashboardFile[] {
  const sent = new Set(destinations.flatMap(signalsOf));
  if (!sent.has("metrics")) return [];
  const logs = sent.has("logs");
  return [...(ownMetrics === "none" ? [] : [fileOf("agents", logs)]), fileOf("aistore", logs)];
}

const makers = { agents: agentDashboard, aistore: aistoreDashboard } as const satisfies Readonly<
  Record<string, (has: { readonly logs: boolean }) => Dashboard>
>;

/** Those that were asked for before: many environments have the same. */
const made = new Map<string, DashboardFile>();

function fileOf(of: keyof typeof makers, logs: boolean): DashboardFile {
  const key = `${of} ${logs}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const dashboard = makers[of]({ logs });
  const { uid, title } = dashboard;
  const file = { uid, title, text: `${JSON.stringify(dashboard, null, 2)}\n` };
  made.set(key, file);
  return file;
}
