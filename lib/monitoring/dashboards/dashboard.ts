import { type Dashboard, type Panel, type Placed, sources, type Variable } from "./grafana";

/** Panels below a title. */
export interface Row {
  /** The row's for good. */
  readonly id: number;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What {@link dashboard} takes. */
interface DashboardProps {
  /** By which Grafana knows it for good: another dashboard with it takes its place. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly rows: readonly Row[];
}

/** All of this project's, so that each leads to the others. */
const tag = "aistore-alloy";

/** The panels of each row stand side by side while there is room, and then below. */
export function dashboard({ rows, variables, ...about }: DashboardProps): Dashboard {
  const panels: Placed[] = [];
  let bottom = 0;
  for (const row of rows) {
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
    for (const panel of row.panels) {
      const { w, h } = panel.gridPos;
      if (x + w > columns) {
        bottom += height;
        x = 0;
        height = 0;
      }
      panels.push({ ...panel, gridPos: { h, w, x, y: bottom } });
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
    templating: { list: variables },
    annotations: { list: [] },
    panels,
  };
}

/** The width of a dashboard. */
const columns = 24;

/** Where metrics are, and, if the dashboard has logs, where these are. */
export function sourceVariables(logs: boolean): readonly Variable[] {
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
