import { type OwnMetric, ownJob } from "../../pipeline";
import { type Matchers, series } from "../metrics/series";

/** What the variables of a dashboard choose. */
export const chosen = {
  cluster: { like: "$cluster" },
  namespace: { like: "$namespace" },
  ais_cluster: { like: "$ais_cluster" },
  node: { like: "$node" },
};

const { ais_cluster: _, ...others } = chosen;
/** The same of series that know no AIStore. */
export const chosenNodes = others;

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

/** The labels by which series of AIStore are told apart, and what they are called then: by cluster, and by node. */
export const cluster = "cluster, namespace, ais_cluster";
export const clusterName = "{{cluster}} {{namespace}}/{{ais_cluster}}";
export const node = "cluster, node";
export const nodeName = "{{cluster}} {{node}}";

/** How fast counters grow, as Grafana shows it. */
export function rate(counters: string): string {
  return `rate(${counters}[$__rate_interval])`;
}
