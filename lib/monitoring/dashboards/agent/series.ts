import { type OwnMetric, ownJob } from "../../../pipeline";
import { type Matchers, series } from "../../metrics/series";

/** What the variables choose of an agent's own series. */
export const chosen = {
  cluster: { like: "$cluster" },
  namespace: { like: "$namespace" },
  node: { like: "$node" },
};

/** The series of an agent's own metric, of the agents that are chosen. */
export function own(metric: OwnMetric, labels: Matchers = {}): string {
  return series(metric, { ...chosen, job: ownJob, ...labels });
}

export const agents = own("alloy_config_hash");

/** How fast counters grow, as Grafana shows it. */
export function rate(counter: string): string {
  return `rate(${counter}[$__rate_interval])`;
}
