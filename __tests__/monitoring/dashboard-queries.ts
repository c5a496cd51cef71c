import type { Dashboard, Query } from "../../lib/monitoring/dashboards/grafana";

/** A query of a dashboard, and whose it is. */
export interface DashboardQuery {
  /** The panel's number and title, or the variable's name. */
  readonly of: string;
  readonly source: string;
  readonly expr: string;
}

/** All queries of a dashboard: those of its panels. */
export function queriesOf({ panels }: Dashboard): readonly DashboardQuery[] {
  return panels.flatMap((panel) =>
    panel.type === "row"
      ? []
      : panel.targets.map(({ expr, datasource, refId }: Query) => ({
          of: `${panel.id} ${panel.title} ${refId}`,
          source: datasource?.type ?? "",
          expr,
        })),
  );
}

/** The series that the variables of a dashboard are chosen of. */
export function variableSeries({ templating }: Dashboard): readonly string[] {
  return (templating.list ?? []).flatMap(({ definition = "" }) =>
    [...definition.matchAll(/^label_values\((.*), \w+\)$/g)].map(([, series = ""]) => series),
  );
}

/** A query as it is asked for all clusters, nodes and so on, over the last hour. */
export function asked(expr: string): string {
  return expr
    .replaceAll(/\$__(rate_interval|auto)/g, "2m")
    .replaceAll("$__range", "30m")
    .replaceAll(/\$[a-z_]+(?=")/g, ".*");
}
