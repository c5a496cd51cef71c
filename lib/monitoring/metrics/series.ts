import { nanosecondsOf } from "../../alloy";
import { type Environment, signalsOf } from "../../environment";
import { type OwnMetric, ownJob } from "../../pipeline";

/** Whether some destination gets the logs of a namespace's pods. What files in Alloy's language send is no pod's log. */
export function sendsLogsOf(
  namespace: string,
  { destinations, sources: { logs } }: Pick<Environment, "destinations" | "sources">,
): boolean {
  if (logs === undefined || logs.excludeNamespaces.includes(namespace)) return false;
  const takers = destinations.filter((destination) => signalsOf(destination).includes("logs"));
  return takers.some(({ logNamespaces }) => logNamespaces?.includes(namespace) ?? true);
}

/** What a label of a series is: equal to a text, or what a matcher of PromQL says. Regexps match the whole value. */
export type Match =
  | string
  | { readonly not: string }
  | { readonly like: string }
  | { readonly unlike: string };

/** Labels of series, by their names. */
export type Matchers = Readonly<Record<string, Match>>;

/** The series of a metric whose labels are so. */
export function series(metric: string, labels: Matchers): string {
  const matchers = Object.entries(labels).map(([name, match]) => `${name}${matcher(match)}`);
  return `${metric}{${matchers.join(", ")}}`;
}

function matcher(match: Match): string {
  if (typeof match === "string") return `=${quoted(match)}`;
  if ("not" in match) return `!=${quoted(match.not)}`;
  return "like" in match ? `=~${quoted(match.like)}` : `!~${quoted(match.unlike)}`;
}

/** PromQL takes Go's texts, and so all escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The series of an agent's own metric in an environment. */
export function own(
  { cluster, namespace }: Pick<Environment, "cluster" | "namespace">,
  metric: OwnMetric,
  labels: Matchers = {},
): string {
  return series(metric, { cluster, namespace, job: ownJob, ...labels });
}

/**
 * Over how many minutes a rate of an agent's own metrics is taken: 5, or as many as have four samples, so that one that
 * doesn't come leaves a rate.
 */
export function rateMinutes({ sources }: Pick<Environment, "sources">): number {
  return Math.max(5, Math.ceil((4 * nanosecondsOf(sources.scrapeInterval)) / nanosecondsOf("1m")));
}

/**
 * How much counters have grown in a time, each by itself. What Alloy counts by trouble begins with the first of it, which
 * is no growth to `increase`: so a series that is new counts with all that it has.
 */
export function grown(counters: string, time: string): string {
  return `(increase(${counters}[${time}]) > 0 or (${counters} unless last_over_time(${counters}[1h] offset ${time})))`;
}
