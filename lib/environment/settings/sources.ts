import * as z from "zod/mini";
import { type Duration, nanosecondsOf, regexpFinds, regexpMistake } from "../../alloy";
import { durationPattern, isDuration, meantDuration } from "../../schema";
import { defaulted, optional, section, worded } from "../schema/setting";
import { labelName, mistakes, regexp, yesOrNo } from "../schema/setting-types";

/** A source of metrics. */
export interface ScrapedMetrics {
  /** How often it is read. */
  readonly scrapeInterval: Duration;
}

/** The metrics of the node. Its patterns are RE2 regexps. */
export interface MeasuredNode extends MeasuredNetwork {
  readonly diskInclude: string;
  readonly mountExclude: string;
  /** Types of file systems. @default - Alloy's */
  readonly fsTypeExclude?: string | undefined;
}

/** A source that measures network interfaces. */
export interface MeasuredNetwork extends ScrapedMetrics {
  /** The interfaces that are left out: an RE2 regexp. */
  readonly interfaceExclude: string;
}

/** What is read of pods' logs. */
export interface PodLogSelection {
  /** The namespaces whose logs are not read. */
  readonly excludeNamespaces: readonly string[];
  /** Lines that were written before are not sent: seconds since 1970. @default - all are that the nodes have */
  readonly since?: number | undefined;
}

/** What the agents read. A source that is absent is off. */
export interface Sources {
  /** How often a source of metrics is read that says nothing else, such as the agent itself. */
  readonly scrapeInterval: Duration;
  /** The node, by node_exporter. */
  readonly node?: MeasuredNode | undefined;
  /** The node's containers, by cAdvisor. */
  readonly cadvisor?: MeasuredNetwork | undefined;
  /** AIStore's proxies and targets. */
  readonly aistore?: ScrapedMetrics | undefined;
  /** Kubernetes' objects, by kube-state-metrics. */
  readonly kubeStateMetrics?: ScrapedMetrics | undefined;
  /** What the node's containers log. */
  readonly logs?: PodLogSelection | undefined;
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

/** Not anchored at its end: the paths of a multipath device, such as `nvme0c0n1`, are disks too. */
const disks = "^(nvme\\d+|sd[a-z]+)";

const systemMountPoints = "^/(dev|var|proc|run|sys|tmp)($|/)";

/**
 * Of each pod the node has the other end of its interface, which comes and goes with it. What traffic the pod has,
 * cAdvisor measures at the pod's own end. These are the names that bridge and loopback, and CNI plugins, give them: of
 * Calico and of those that name as it does (AWS, Azure, GKE), of Cilium, and of OVN-Kubernetes.
 *
 * Source: VethNameForWorkload of Calico, Endpoint2IfName of Cilium, setupInterface of OVN-Kubernetes, read.
 */
const podInterfaces =
  "^(veth.*|lo.*|cni.*|(cali|eni|azv|gke)[0-9a-f]{11}|lxc([0-9a-f]{12}|_health)|[0-9a-f]{15})$";

/** A pattern for the names of interfaces. Where it stands in a rule of labels, it is for the whole of the name. */
function interfaces() {
  return worded(regexp().check(mistakes(interfaceMistakes)), "RE2 regexp for names");
}

function interfaceMistakes(pattern: string): readonly string[] {
  if (regexpMistake(pattern) !== undefined) return [];
  const isOpen = regexpMistake(`(${pattern})`) !== undefined;
  if (isOpen) return ["is right by itself alone; end what \\Q begins with \\E"];
  return regexpFinds(pattern, "")
    ? [
        "matches a name without characters, and with it all that is of no interface; write one that matches names alone, such as ^none$ for none",
      ]
    : [];
}

const timePattern = /^20\d\d-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/;

/** A date, of which the first second is meant, or a time; both in UTC. */
function time() {
  return worded(
    z.string().check(mistakes(timeMistakes), z.meta({ pattern: timePattern.source })),
    "date, or time in UTC",
  );
}

function timeMistakes(text: string): readonly string[] {
  const meant = /^(20\d\d-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?Z?$/.exec(text);
  const example = "write a date such as 2026-03-31, or a time in UTC such as 2026-03-31T12:00:00Z";
  if (!timePattern.test(text)) {
    const [, date, minutes, seconds = ":00"] = meant ?? [];
    return [`is no time; ${date === undefined ? example : `write ${date}T${minutes}${seconds}Z`}`];
  }
  return isoOf(secondsOf(text)).startsWith(text.replace("Z", ""))
    ? []
    : [`is no day or hour that there is; ${example}`];
}

/** The seconds since 1970 of a time; no number where there is no such time. */
function secondsOf(text: string): number {
  return Date.parse(text) / 1000;
}

function isoOf(seconds: number): string {
  return Number.isNaN(seconds) ? "" : new Date(seconds * 1000).toISOString();
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
    interface_exclude: defaulted(interfaces(), podInterfaces, {
      description:
        "The network interfaces that are left out, of the node and of pods on its network: an RE2 regexp. Those that the node has for its pods are, by the names of the usual CNI plugins.",
      example: "^(veth|lo|cni|mypods).*$",
    }),
    node: section(
      {
        ...scraped("no metrics of the node are read: of processors, memory, disks, file systems, network."),
        disk_include: defaulted(regexp(), disks, {
          description:
            "The disks whose traffic is measured: an RE2 regexp. Partitions of nvme, sd, hd, vd and xvd never are, nor ram and loop devices: Alloy leaves them out beside it.",
          example: "^(nvme|sd|vd|dm-)",
        }),
        mount_exclude: defaulted(regexp(), systemMountPoints, {
          description: "The mount points whose file systems are not measured: an RE2 regexp.",
          example: "^/(dev|var|proc|run|sys|tmp|mnt/scratch)($|/)",
        }),
        fs_type_exclude: optional(regexp(), {
          description: "The types of file systems that are not measured: an RE2 regexp.",
          unset: "Alloy's, which is what the kernel has for itself, and overlays",
          example: "^(autofs|cgroup2?|overlay|proc|squashfs|sysfs|tmpfs|nfs4?)$",
        }),
      },
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
    logs: section(
      {
        enabled: enabled("no logs are read."),
        exclude_namespaces: defaulted(z.array(labelName()), [], {
          description: "The namespaces whose logs are not read.",
          example: "kube-system",
        }),
        since: optional(time(), {
          description:
            "The time before which no line is sent. An agent that starts for the first time, or has lost its place, reads all that its node has.",
          unset: "all lines are sent",
          example: "2026-03-31",
        }),
      },
      "The logs of pods.",
    ),
  },
  "What the agents read.",
);

/** The sources of an environment, with what each is told. */
export function toSources(settings: z.output<typeof sources>): Sources {
  const metrics = ({ enabled: isOn, scrape_interval = settings.scrape_interval }: typeof settings.aistore) =>
    isOn ? { scrapeInterval: durationOf(scrape_interval) } : undefined;
  const interfaceExclude = settings.interface_exclude;
  const { disk_include, mount_exclude, fs_type_exclude } = settings.node;
  const [node, cadvisor] = [metrics(settings.node), metrics(settings.cadvisor)];
  return {
    scrapeInterval: durationOf(settings.scrape_interval),
    node: node && {
      ...node,
      interfaceExclude,
      diskInclude: disk_include,
      mountExclude: mount_exclude,
      fsTypeExclude: fs_type_exclude,
    },
    cadvisor: cadvisor && { ...cadvisor, interfaceExclude },
    aistore: metrics(settings.aistore),
    kubeStateMetrics: metrics(settings.kube_state_metrics),
    logs: settings.logs.enabled
      ? {
          excludeNamespaces: settings.logs.exclude_namespaces,
          since: settings.logs.since === undefined ? undefined : secondsOf(settings.logs.since),
        }
      : undefined,
  };
}

/** @param text without mistakes */
function durationOf(text: string): Duration {
  return isDuration(text) ? text : usualInterval;
}
