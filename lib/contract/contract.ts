import type { AlloyConfig } from "../alloy";
import type { Environment } from "../environment";
import { type LogAttribute, logAttributesOf } from "./logs";
import { type Metric, metricsOf, type SentMetrics } from "./metrics";
import { type Record, records } from "./sources";

/** What the agents of an environment send: which metrics with which labels, and which attributes of logs. */
export interface Contract extends SentMetrics {
  readonly environment: string;
  /** The value of `cluster` on all of it. */
  readonly cluster: string;
  /** Attributes of logs; none where no logs are sent. */
  readonly logs: readonly LogAttribute[];
  /** Logs may have attributes that the operator gives the agent in OTEL_RESOURCE_ATTRIBUTES. */
  readonly hasMoreAttributes: boolean;
}

/** Follows from what an environment's agents run. */
export function contractOf(
  { name, cluster, chartValues }: Pick<Environment, "name" | "cluster" | "chartValues">,
  config: AlloyConfig,
): Contract {
  return {
    environment: name,
    cluster,
    ...metricsOf(config),
    logs: logAttributesOf(config),
    hasMoreAttributes: JSON.stringify(chartValues).includes("OTEL_RESOURCE_ATTRIBUTES"),
  };
}

/** The record of the source that alone has metrics whose names begin so; undefined where a name tells no source. */
export function recordOfName(name: string): Record | undefined {
  // A colon is in the names that rules make.
  if (name.includes(":")) return undefined;
  return Object.values(records).find(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix)));
}

/** Whether it is known that a contract has no metric of a name. */
export function lacks({ sent, missing, open }: Contract, name: string): boolean {
  if (sent.has(name) || recordOfName(name) === undefined) return false;
  return missing.has(name) || !open.some((prefix) => name.startsWith(prefix));
}

/** Whether series of a metric have a label, or may have it: a name that ends in `*` stands for all labels that begin so. */
export function hasLabel({ labels }: Pick<Metric, "labels">, label: string): boolean {
  return (
    labels.has(label) ||
    [...labels.keys()].some((name) => name.endsWith("*") && label.startsWith(name.slice(0, -1)))
  );
}
