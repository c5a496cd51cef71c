import { type OwnMetric, ownJob } from "../../pipeline";
import { type Matchers, series } from "../metrics/series";
import { type Dashboard, type Panel, type Placed, type Query, sources, type Variable } from "./grafana";

/** Panels below a title. */
export interface Row {
  /** Stays the row's: links have it. */
  readonly id: number;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What an environment sends. Panels of anything else are left out. */
export interface Sent {
  /** Of the pods that the dashboard is about. */
  readonly logs: boolean;
  /** How the names begin of metrics that no source gives, as it is off. */
  readonly without: readonly string[];
  /** How often a series has a value at least. */
  readonly scrapeInterval: string;
}

/** What {@link dashboard} takes. */
interface DashboardProps {
  /** By which Grafana knows it for good: another dashboard with it takes its place. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Beside those of the data sources. */
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

/** All of this project's, so that each leads to the others. */
const tag = "aistore-alloy";

/** The panels of each row stand side by side while there is room, and then below. */
export function dashboard({ rows, variables, ...about }: DashboardProps, sent: Sent): Dashboard {
  const panels: Placed[] = [];
  let bottom = 0;
  for (const row of rows) {
    const own = row.panels.filter((panel) => isSent(panel, sent));
    if (own.length === 0) continue;
    panels.push({
      id: row.id,
      type: "row",
      title: row.title,
      collapsed: false,
      gridPos: { h: 1, w: columns, x: 0, y: bottom },
      panels: [],
    });
    bottom += 1;
    let x = 0;
    let height = 0;
    for (const panel of own) {
      const { w, h } = panel.gridPos;
      if (x + w > columns) {
        bottom += height;
        x = 0;
        height = 0;
      }
      panels.push({
        ...panel,
        targets: atLeast(sent.scrapeInterval, panel),
        gridPos: { h, w, x, y: bottom },
      });
      x += w;
      height = Math.max(height, h);
    }
    bottom += height;
  }
  return {
    ...about,
    tags: [tag],
    timezone: "browser",
    editable: true,
    graphTooltip: 1,
    time: { from: "now-6h", to: "now" },
    refresh: "1m",
    schemaVersion: 39,
    links: [
      {
        title: "AIStore and its agents",
        type: "dashboards",
        icon: "external link",
        tooltip: "",
        tags: [tag],
        asDropdown: false,
        targetBlank: false,
        includeVars: true,
        keepTime: true,
      },
    ],
    templating: { list: [...sourceVariables(sent), ...variables] },
    annotations: { list: [] },
    panels,
  };
}

/** The width of a dashboard. */
const columns = 24;

/** Whether all that a panel reads is sent. */
function isSent({ targets }: Panel, { logs, without }: Sent): boolean {
  return targets.every(({ datasource, expr }) =>
    datasource?.type === sources.logs.type
      ? logs
      : !without.some((prefix) => new RegExp(`\\b${prefix}\\w*\\{`).test(expr)),
  );
}

/** Queries of metrics by the interval of their series: Grafana takes four times that for `$__rate_interval` at least. */
function atLeast(interval: string, { targets }: Panel): readonly Query[] {
  return targets.map((query) =>
    query.datasource?.type === sources.metrics.type ? { ...query, interval } : query,
  );
}

/** Where metrics are, and, where there are any, logs. */
function sourceVariables({ logs }: Sent): readonly Variable[] {
  const of = (name: string, label: string, type: string): Variable => ({
    type: "datasource",
    name,
    label,
    query: type,
    refresh: 1,
    multi: false,
    includeAll: false,
  });
  return [
    of("datasource", "Metrics", sources.metrics.type),
    ...(logs ? [of("logs", "Logs", sources.logs.type)] : []),
  ];
}

/** A choice among the values that a label has; all, unless some are chosen. @param of the series, in PromQL */
export function labelVariable(name: string, label: string, of: string): Variable {
  const query = `label_values(${of}, ${name})`;
  return {
    type: "query",
    name,
    label,
    datasource: sources.metrics,
    query,
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    // Also of series that don't have the label.
    allValue: ".*",
    current: { selected: true, text: ["All"], value: ["$__all"] },
  };
}

/** What the variables of a dashboard choose, by the labels of series. */
export const chosen = {
  cluster: { like: "$cluster" },
  namespace: { like: "$namespace" },
  ais_cluster: { like: "$ais_cluster" },
  node: { like: "$node" },
};

const { ais_cluster: _, ...ofNodes } = chosen;

/** What they choose of series that have no label for the AIStore cluster. */
export const chosenNodes = ofNodes;

/** The series of an agent's own metric, of the agents that are chosen. */
export function own(metric: OwnMetric, labels: Matchers = {}): string {
  return series(metric, { ...chosenNodes, job: ownJob, ...labels });
}

/** A series for each agent that is chosen. */
export const agents = own("alloy_config_hash");

/** The series of a metric of AIStore, of what is chosen. Source of the names: `stats/` and `ais/backend/` of AIStore 5.0, read. */
export function ais(metric: string): string {
  return series(`ais_${metric}`, chosen);
}

/** The labels that a query of AIStore's series sums by, for a series of each AIStore cluster. */
export const cluster = "cluster, namespace, ais_cluster";

/** How Grafana names such a series. */
export const clusterName = "{{cluster}} {{namespace}}/{{ais_cluster}}";

/** The labels that a query of AIStore's series sums by, for a series of each node. */
export const node = "cluster, node";

/** How Grafana names such a series. */
export const nodeName = "{{cluster}} {{node}}";

/** How fast counters grow, per second: over the time that Grafana takes for `$__rate_interval`. */
export function rate(counters: string): string {
  return `rate(${counters}[$__rate_interval])`;
}
