import * as z from "zod/mini";
import { type Duration, nanosecondsOf } from "../../alloy";
import { durationPattern, isDuration, meantDuration } from "../../schema";
import { defaulted, optional, section, worded } from "../schema/setting";
import { mistakes, yesOrNo } from "../schema/setting-types";

/** A source of metrics. */
export interface ScrapedMetrics {
  /** How often it is read. */
  readonly scrapeInterval: Duration;
}

/** What the agents read. A source that is absent is off. */
export interface Sources {
  /** How often a source of metrics is read that says nothing else, such as the agent itself. */
  readonly scrapeInterval: Duration;
  /** The node, by node_exporter. */
  readonly node?: ScrapedMetrics | undefined;
  /** The node's containers, by cAdvisor. */
  readonly cadvisor?: ScrapedMetrics | undefined;
  /** AIStore's proxies and targets. */
  readonly aistore?: ScrapedMetrics | undefined;
  /** Kubernetes' objects, by kube-state-metrics. */
  readonly kubeStateMetrics?: ScrapedMetrics | undefined;
  /** What the node's containers log. */
  readonly logs: boolean;
}

/** The sources of metrics that can be switched off, as settings name them. The agent's own are `own_metrics`. */
export const metricsSources = ["node", "cadvisor", "aistore", "kube_state_metrics"] as const;

const usualInterval: Duration = "30s";

/** Alloy gives a scrape up after 10 seconds, which may not be longer than until the next one. */
const shortestInterval: Duration = "10s";

/**
 * Prometheus takes a series for gone that has had no sample for 5 minutes. So one scrape may fail, and the next one still
 * comes in time.
 */
const longestInterval: Duration = "2m";

function interval() {
  const error = ({ input }: { readonly input?: unknown }) =>
    typeof input === "number" ? intervalMistakes(String(input))[0] : undefined;
  return worded(
    z.string({ error }).check(mistakes(intervalMistakes), z.meta({ pattern: durationPattern.source })),
    `duration from \`${shortestInterval}\` to \`${longestInterval}\``,
  );
}

function intervalMistakes(text: string): readonly string[] {
  if (!isDuration(text)) {
    return [`is no duration; write ${meantDuration(text) ?? "a number with m or s, such as 1m"}`];
  }
  const time = nanosecondsOf(text);
  if (time < nanosecondsOf(shortestInterval)) {
    return [`is less than a scrape may take, ${shortestInterval}; write that or more`];
  }
  return time > nanosecondsOf(longestInterval)
    ? [
        `is too long: Prometheus takes a series for gone after 5 minutes, and a scrape may fail; write ${longestInterval} or less`,
      ]
    : [];
}

const enabled = (off: string) => defaulted(yesOrNo(), true, { description: `false: ${off}` });

/** What each source of metrics can be told. */
const scraped = (off: string) => ({
  enabled: enabled(off),
  scrape_interval: optional(interval(), {
    description: "How often they are read.",
    unset: "as sources.scrape_interval says",
    example: "1m",
  }),
});

export const sources = section(
  {
    scrape_interval: defaulted(interval(), usualInterval, {
      description: "How often metrics are read, the agent's own too.",
      example: "1m",
    }),
    node: section(
      scraped("no metrics of the node are read: of processors, memory, disks, file systems, network."),
      "The metrics of the node, by node_exporter.",
    ),
    cadvisor: section(
      scraped("no metrics of containers are read, and the container runtime is not asked."),
      "The metrics of containers, by cAdvisor.",
    ),
    aistore: section(
      scraped("no metrics of AIStore are read. Its logs are, as those of every pod."),
      "The metrics of AIStore's proxies and targets.",
    ),
    kube_state_metrics: section(
      scraped("kube-state-metrics is not scraped. No alert can tell of a node without an agent then."),
      "The metrics of Kubernetes' objects, by kube-state-metrics.",
    ),
    logs: section({ enabled: enabled("no logs are read.") }, "The logs of pods."),
  },
  "What the agents read.",
);

/** The sources of an environment, with what each is told. */
export function toSources(settings: z.output<typeof sources>): Sources {
  const metrics = ({ enabled: isOn, scrape_interval = settings.scrape_interval }: typeof settings.node) =>
    isOn ? { scrapeInterval: durationOf(scrape_interval) } : undefined;
  return {
    scrapeInterval: durationOf(settings.scrape_interval),
    node: metrics(settings.node),
    cadvisor: metrics(settings.cadvisor),
    aistore: metrics(settings.aistore),
    kubeStateMetrics: metrics(settings.kube_state_metrics),
    logs: settings.logs.enabled,
  };
}

/** @param text without mistakes */
function durationOf(text: string): Duration {
  return isDuration(text) ? text : usualInterval;
}
