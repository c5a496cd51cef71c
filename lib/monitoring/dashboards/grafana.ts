import type { LogsSortOrder } from "@grafana/grafana-foundation-sdk/common";
import type {
  Dashboard as GrafanaDashboard,
  Panel as GrafanaPanel,
  GridPos,
  RowPanel,
  Threshold,
  VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options as LogsOptions } from "@grafana/grafana-foundation-sdk/logs";
import type { dataquery as LokiQuery } from "@grafana/grafana-foundation-sdk/loki";
import type { Dataquery as PrometheusQuery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Options as StatOptions } from "@grafana/grafana-foundation-sdk/stat";
import type { Options as TableOptions } from "@grafana/grafana-foundation-sdk/table";
import type { FieldConfig, Options as TimeSeriesOptions } from "@grafana/grafana-foundation-sdk/timeseries";

// Panels as Grafana reads them. The types are those of Grafana's SDK; nothing of it is loaded, as its builders are
// larger than all of this project's room of monitoring.

/** As JSON has it: members of enums stand as their values, and no function stands in it. */
type Written<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as T[Key] extends () => void ? never : Key]: Written<T[Key]> }
      : T;

/** A query of a panel. */
export type Query = Written<PrometheusQuery> | Written<LokiQuery>;

/** How a panel shows what its queries find. */
type View =
  | { readonly type: "timeseries"; readonly options: Written<TimeSeriesOptions> }
  | { readonly type: "stat"; readonly options: Written<StatOptions> }
  | { readonly type: "table"; readonly options: Written<TableOptions> }
  | { readonly type: "logs"; readonly options: Written<LogsOptions> };

/** A panel, as large as it is, without its place. */
export type Panel = Omit<Written<GrafanaPanel>, "targets" | "options" | "type" | "gridPos"> & {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly targets: readonly Query[];
  readonly gridPos: { readonly w: number; readonly h: number };
} & View;

/** A panel or the title of a row, where it stands. */
export type Placed = (Panel | (Omit<Written<RowPanel>, "panels"> & { readonly panels: readonly [] })) & {
  readonly gridPos: Written<GridPos>;
};

/** A variable, by which all queries of a dashboard choose. */
export type Variable = Written<VariableModel>;

/** A dashboard as Grafana reads it. */
export type Dashboard = Omit<Written<GrafanaDashboard>, "panels"> & {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Placed[];
};

/** What all panels take. */
interface PanelProps {
  /** Stays the panel's: links to it, and alerts that are made of it, have it. */
  readonly id: number;
  readonly title: string;
  /** How to read it. */
  readonly description: string;
  /** Of the 24 columns. @default 8 */
  readonly width?: number;
  /** Grafana's name of the unit. @default - a plain number */
  readonly unit?: string;
}

/** A query, by what its series are called. */
export type Queries = Readonly<Record<string, string>>;

/** The data sources of a dashboard are variables. */
export const sources = {
  metrics: { type: "prometheus", uid: "$datasource" },
  logs: { type: "loki", uid: "$logs" },
} as const;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function promQueries(queries: Queries, kind: { readonly instant: boolean; readonly table?: boolean }) {
  return Object.entries(queries).map(([legendFormat, expr], place) => ({
    refId: letters.charAt(place),
    datasource: sources.metrics,
    expr,
    legendFormat,
    ...(kind.instant ? { instant: true, range: false } : { instant: false, range: true }),
    ...(kind.table === true && { format: "table" as const }),
  }));
}

function base({ id, title, description, width = 8 }: PanelProps, height: number) {
  return { id, title, description, datasource: sources.metrics, gridPos: { w: width, h: height } };
}

/** Numbers over time, a line for each series. @param limit a value from which on they are drawn as too much */
export function graph(
  props: PanelProps & { readonly queries: Queries; readonly stacked?: boolean; readonly max?: number },
): Panel {
  const { unit = "short", queries, stacked = false, max } = props;
  const custom: Written<FieldConfig> = {
    drawStyle: "line",
    lineWidth: 1,
    fillOpacity: stacked ? 30 : 10,
    showPoints: "never",
    stacking: { mode: stacked ? "normal" : "none", group: "A" },
  };
  return {
    ...base(props, 8),
    type: "timeseries",
    targets: promQueries(queries, { instant: false }),
    fieldConfig: {
      defaults: { unit, min: 0, ...(max !== undefined && { max }), custom },
      overrides: [],
    },
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
      tooltip: { mode: "multi", sort: "desc" },
    },
  };
}

/** From which value on a number is of some colour. */
export type Thresholds = readonly Written<Threshold>[];

/** Nothing is right, and anything is not. */
export const noneIsRight: Thresholds = [
  { color: "green", value: null },
  { color: "red", value: 1 },
];

/** One number, as it is now. */
export function stat(
  props: PanelProps & { readonly query: string; readonly thresholds?: Thresholds },
): Panel {
  const { unit = "short", query, thresholds = [{ color: "text", value: null }] } = props;
  return {
    ...base(props, 4),
    type: "stat",
    targets: promQueries({ "": query }, { instant: true }),
    fieldConfig: {
      defaults: { unit, decimals: 0, noValue: "-", thresholds: { mode: "absolute", steps: thresholds } },
      overrides: [],
    },
    options: {
      graphMode: "none",
      colorMode: "value",
      justifyMode: "auto",
      textMode: "value",
      wideLayout: true,
      showPercentChange: false,
      percentChangeColorMode: "standard",
      orientation: "auto",
      reduceOptions: { calcs: ["lastNotNull"], values: false },
    },
  };
}

/** A column of a table. */
export interface Column {
  readonly query: string;
  readonly unit?: string;
}

/** What is so now, a row for each combination of the labels that queries leave. */
export function table(
  props: PanelProps & {
    /** By their titles. A query that is asked for its labels alone has the title "". */
    readonly columns: readonly (Column & { readonly title?: string })[];
    /** The columns that are labels, in their order, with their titles. */
    readonly labels: Readonly<Record<string, string>>;
  },
): Panel {
  const { columns, labels } = props;
  const valueField = (place: number) => (columns.length === 1 ? "Value" : `Value #${letters.charAt(place)}`);
  const shown = columns.flatMap(({ title }, place) =>
    title === undefined ? [] : [[valueField(place), title]],
  );
  const hidden = columns.flatMap(({ title }, place) => (title === undefined ? [valueField(place)] : []));
  const order = [...Object.keys(labels), ...shown.map(([field = ""]) => field)];
  return {
    ...base(props, 10),
    type: "table",
    targets: promQueries(
      Object.fromEntries(columns.map(({ query }, place) => [letters.charAt(place), query])),
      { instant: true, table: true },
    ).map(({ legendFormat: _, ...query }) => query),
    transformations: [
      { id: "merge", options: {} },
      {
        id: "organize",
        options: {
          excludeByName: Object.fromEntries(["Time", ...hidden].map((field) => [field, true])),
          indexByName: Object.fromEntries(order.map((field, place) => [field, place])),
          renameByName: { ...labels, ...Object.fromEntries(shown) },
        },
      },
    ],
    fieldConfig: {
      defaults: { custom: { align: "auto", inspect: false, filterable: true } },
      overrides: columns.flatMap(({ title, unit }) =>
        title === undefined || unit === undefined
          ? []
          : [
              {
                matcher: { id: "byName", options: title },
                properties: [{ id: "unit", value: unit }],
              },
            ],
      ),
    },
    options: { showHeader: true, frameIndex: 0, cellHeight: "sm" },
  };
}

/** How many lines of a log there are, over time. */
export function lineGraph(props: PanelProps & { readonly queries: Queries }): Panel {
  const { targets, ...panel } = graph({ ...props, stacked: true });
  return {
    ...panel,
    datasource: sources.logs,
    targets: Object.entries(props.queries).map(([legendFormat, expr], place) => ({
      refId: letters.charAt(place),
      datasource: sources.logs,
      expr,
      legendFormat,
      queryType: "range",
    })),
  };
}

/** Lines of a log, the newest first. */
export function lines(props: PanelProps & { readonly query: string }): Panel {
  const newestFirst: `${LogsSortOrder}` = "Descending";
  return {
    ...base(props, 12),
    datasource: sources.logs,
    type: "logs",
    targets: [{ refId: "A", datasource: sources.logs, expr: props.query, queryType: "range", maxLines: 500 }],
    options: {
      showTime: true,
      showLabels: false,
      showCommonLabels: false,
      showLogContextToggle: true,
      wrapLogMessage: true,
      prettifyLogMessage: false,
      enableLogDetails: true,
      sortOrder: newestFirst,
      dedupStrategy: "none",
    },
  };
}
