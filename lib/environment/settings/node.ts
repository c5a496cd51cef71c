import * as z from "zod/mini";
import { stabilityLevels } from "../../alloy";
import {
  alternatives,
  isAtOrBelow,
  nodePathMistake,
  nodePathPattern,
  type PlainSettings,
  type Report,
  sectionOf,
} from "../../schema";
import { socketPath } from "../schema/addresses";
import {
  defaulted,
  mistakes,
  oneOf,
  optional,
  regexp,
  section,
  worded,
  yesOrNo,
} from "../schema/setting-types";
import type { Diagnostic } from "../yaml/diagnostic";
import type { EnvironmentSource } from "../yaml/source";
import type { Settings } from "./settings";
import { defaultNamespace } from "./workload";

/** The container runtimes that nodes may have. */
export const containerRuntimes = ["docker", "crio", "containerd"] as const;

export type ContainerRuntime = (typeof containerRuntimes)[number];

/** The default socket of each runtime. */
export const usualSockets: Readonly<Record<ContainerRuntime, string>> = {
  docker: "/run/docker.sock",
  containerd: "/run/containerd/containerd.sock",
  crio: "/run/crio/crio.sock",
};

/** cAdvisor looks for CRI-O's socket by its name in one folder, and it is the folder that is mounted there. */
export function checkRuntime(settings: PlainSettings, report: Report): void {
  const { socket } = sectionOf(settings, "runtime");
  if (settings.container_runtime !== "crio" || typeof socket !== "string") return;
  if (!report.has(["runtime", "socket"]) && !/^\/.+\/crio\.sock$/.test(socket)) {
    report.add(
      ["runtime", "socket"],
      "is no crio.sock in a folder, which is what cAdvisor looks for; write such a path, as CRI-O's own setting too",
    );
  }
}

// The settings of what is read on a node, by section.

export const runtime = section(
  {
    socket: optional(socketPath(), {
      description: "The runtime's socket on the nodes.",
      unset: alternatives(Object.values(usualSockets)),
      example: "/run/k3s/containerd/containerd.sock",
    }),
  },
  "Where the container runtime is on the nodes.",
);

/** Kubernetes' words for what a container sees of mounts that the node makes later: all, or none. */
const mountPropagations = ["HostToContainer", "None"] as const;

export type MountPropagation = (typeof mountPropagations)[number];

export const mountPropagation = defaulted(oneOf(mountPropagations), "HostToContainer", {
  description:
    "None: what a node mounts after the agent's start is not seen. For nodes whose root is no shared mount, where no container with HostToContainer starts.",
});

export const scrape = section(
  {
    https: defaulted(worded(z.union([z.boolean(), z.enum(["true", "false"])]), "true or false"), false, {
      description:
        "Scrape AIStore over HTTPS. Its certificate is not verified, unless the cluster in aistore names a CA.",
    }),
  },
  "How AIStore's metrics are scraped.",
);

/** The ethtool collector of `prometheus.exporter.unix`, which needs the node's network. Both are RE2 regexps. */
export interface EthtoolSettings {
  readonly deviceInclude: string;
  /** @default - the NIC-health statistics */
  readonly metricsInclude?: string | undefined;
}

export const ethtool = section(
  {
    device_include: optional(regexp(), {
      description:
        "The network interfaces whose driver statistics are collected: an RE2 regexp. It takes host_network, without which the agent doesn't reach the node's interfaces.",
      unset: "none are",
      example: "^ens.*",
    }),
    metrics_include: optional(regexp(), {
      description: "The driver statistics that are collected: an RE2 regexp.",
      unset: "those of the card's health",
      example: "^(tx|rx)_errors$",
    }),
  },
  "Driver statistics of network interfaces.",
);

/**
 * The folder of the node where the agent keeps its data by default: no other Alloy's, and of two agents of this project
 * each has its own, as each has its own namespace.
 */
export function defaultStoragePath(namespace: string): string {
  return `/var/lib/aistore-alloy/${namespace}`;
}

/** Folders of the system, of the container runtime, of Kubernetes and of AIStore, with all that is below. */
const closed = [
  "/ais",
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/rootfs",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/usr",
  "/var/lib/containerd",
  "/var/lib/containers",
  "/var/lib/docker",
  "/var/lib/etcd",
  "/var/lib/kubelet",
  "/var/log",
  "/var/run",
  "/var/tmp",
];

const example = "/mnt/data/alloy";

/** Folders in which other programs have folders of their own: the agent's may be below them, not they themselves. */
const shared = ["/home", "/media", "/mnt", "/opt", "/root", "/srv", "/var", "/var/lib"];

/**
 * The folder of the node for the agent's data.
 *
 * @param setting `storage.path`
 * @param namespace of the agent
 * @returns undefined for `none`: nothing is kept on the node
 */
export function storageFolder(setting: unknown, namespace = defaultNamespace): string | undefined {
  if (setting === "none") return undefined;
  return typeof setting === "string" ? setting : defaultStoragePath(namespace);
}

/** What is wrong with a folder of the node for the agent's data, which is at the same path in its container. */
export function storagePathMistakes(path: string): readonly string[] {
  const misspelt = nodePathMistake(path, example);
  if (misspelt !== undefined) return [misspelt];
  const folder = closed.find((one) => isAtOrBelow(path, one));
  if (folder !== undefined) {
    return [`is in ${folder}, which is not the agent's; write another folder, such as ${example}`];
  }
  return shared.includes(path) ? [`is shared with others; write a folder in it, such as ${path}/alloy`] : [];
}

/** Where the agent keeps positions and queues. */
export const storage = section(
  {
    path: optional(
      worded(
        z.string().check(
          mistakes((path) => (path === "none" ? [] : storagePathMistakes(path))),
          z.meta({ pattern: `${nodePathPattern.source}|^none$` }),
        ),
        "absolute path on the nodes, or `none`",
      ),
      {
        description:
          "The folder of the node where the agent keeps what outlives it: positions in logs, and queues. Or none: a restart reads logs again.",
        unset: defaultStoragePath("<namespace>"),
        example,
      },
    ),
  },
  "What the agent keeps on its node.",
);

export const stability = optional(oneOf(stabilityLevels), {
  description: "The highest of Alloy's stability levels that components may have.",
  unset: "what the components need",
});

export const memoryLimiter = defaulted(yesOrNo(), true, {
  description: "false: metrics are taken however much memory is in use, until the container's limit ends it.",
});

/** Reports a choice of a network card's statistics where none are collected. */
export function checkEthtool(settings: PlainSettings, report: Report): void {
  const isSet = (name: string) =>
    report.has(["ethtool", name]) || sectionOf(settings, "ethtool")[name] !== undefined;
  if (isSet("metrics_include") && !isSet("device_include")) {
    report.add(
      ["ethtool", "metrics_include"],
      "has no effect without ethtool.device_include; write that too, or remove this",
    );
  }
}

export function toEthtool({ ethtool, host_network }: Settings): EthtoolSettings | undefined {
  const { device_include: deviceInclude, metrics_include: metricsInclude } = ethtool;
  return deviceInclude === undefined || !host_network ? undefined : { deviceInclude, metricsInclude };
}

/** A notice and no error: older files have ethtool without the node's network, and are right but for that. */
export function ethtoolNotices(
  { ethtool, host_network }: Settings,
  source: EnvironmentSource,
): readonly Diagnostic[] {
  if (ethtool.device_include === undefined || host_network) return [];
  const message =
    "has no effect without host_network, as the node's interfaces are in its own network; write host_network: true, or remove ethtool";
  return [source.notice(["ethtool", "device_include"], message)];
}
