import { type Matchers, series } from "../../metrics/series";

/** What the variables choose of AIStore's series. */
export const chosen = {
  cluster: { like: "$cluster" },
  namespace: { like: "$namespace" },
  ais_cluster: { like: "$ais_cluster" },
  node: { like: "$node" },
};

/** The series of a metric of AIStore, of what is chosen. Source of the names: `stats/` and `ais/backend/` of AIStore 5.0, read. */
export function ais(metric: string, labels: Matchers = {}): string {
  return series(`ais_${metric}`, { ...chosen, ...labels });
}

export function rate(metric: string, labels?: Matchers): string {
  return `rate(${ais(metric, labels)}[$__rate_interval])`;
}

export const cluster = "cluster, namespace, ais_cluster";
export const clusterName = "{{cluster}} {{namespace}}/{{ais_cluster}}";
export const node = "cluster, node";
export const nodeName = "{{cluster}} {{node}}";
