import * as z from "zod/mini";
import type { Duration } from "../../alloy";
import {
  defaulted,
  labelName,
  labels,
  mistakes,
  optional,
  regexp,
  section,
  yesOrNo,
} from "../schema/setting-types";
import {
  containerPort,
  durationOf,
  interfaces,
  interval,
  secondsOf,
  time,
  usualInterval,
} from "./source-values";

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

/** Where kube-state-metrics is. */
export interface KubeStateMetricsPods extends ScrapedMetrics {
  /** @default - any */
  readonly namespace?: string | undefined;
  /** The labels that its pods have. */
  readonly labels: Readonly<Record<string, string>>;
  /** The port of its container, by its name or its number. */
  readonly port: string | number;
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
  readonly kubeStateMetrics?: KubeStateMetricsPods | undefined;
  /** What the node's containers log. */
  readonly logs?: PodLogSelection | undefined;
}

/** The sources of metrics that can be switched off, as settings name them. The agent's own are `own_metrics`. */
export const metricsSources = ["node", "cadvisor", "aistore", "kube_state_metrics"] as const;

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
      {
        ...scraped("kube-state-metrics is not scraped. No alert can tell of a node without an agent then."),
        namespace: optional(labelName(), {
          description: "The namespace of kube-state-metrics. The agent then looks for its pods there alone.",
          unset: "any",
          example: "kube-system",
        }),
        labels: defaulted(
          labels().check(
            mistakes<Readonly<Record<string, string>>>((labels) =>
              Object.keys(labels).length === 0
                ? ["names no label, so that every pod would be scraped; write one"]
                : [],
            ),
          ),
          { "app.kubernetes.io/name": "kube-state-metrics" },
          { description: "The labels by which its pods are found." },
        ),
        port: defaulted(containerPort(), "http", {
          description: "The port of its container that serves the metrics of objects, by name or number.",
          example: 8080,
        }),
      },
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
  const { namespace, labels: selected, port } = settings.kube_state_metrics;
  const objects = metrics(settings.kube_state_metrics);
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
    kubeStateMetrics: objects && { ...objects, namespace, labels: selected, port },
    logs: settings.logs.enabled
      ? {
          excludeNamespaces: settings.logs.exclude_namespaces,
          since: settings.logs.since === undefined ? undefined : secondsOf(settings.logs.since),
        }
      : undefined,
  };
}
