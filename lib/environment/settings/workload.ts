import * as z from "zod/mini";
import { goMemoryShare, podSecurityLevels, usualUiPort } from "../../chart";
import { hasValue, isRecord, type PlainSettings, portOf, type Report, sectionOf } from "../../schema";
import { listenAddress, listenPort, port } from "../schema/addresses";
import {
  defaulted,
  labelName,
  nodeCount,
  oneOf,
  optional,
  quantity,
  section,
  yesOrNo,
} from "../schema/setting-types";
import { usualCluster } from "./aistore";

// The settings of the workload that runs Alloy, by section.

/**
 * What the agent of a storage node needs, by Alloy's own rules of thumb: some 10,000 series take about 110 MiB, and
 * each MiB of logs in a second 120 MiB and one processor. The rest is room for a backlog after an outage.
 */
export const resources = section(
  {
    requests: section(
      {
        cpu: defaulted(quantity("cores"), "100m", {
          description: "Cores that the agent asks for.",
          example: "500m",
        }),
        memory: defaulted(quantity("bytes"), "256Mi", {
          description: "Bytes that the agent asks for.",
          example: "512Mi",
        }),
      },
      "What the node keeps for the agent.",
    ),
    limits: section(
      {
        cpu: defaulted(quantity("cores"), "2", {
          description: "Cores that the agent may use.",
          example: "none",
        }),
        memory: defaulted(quantity("bytes"), "1Gi", {
          description: "Bytes that the agent may use.",
          example: "2Gi",
        }),
      },
      `What the agent may use at most. Go is told of it: GOMEMLIMIT is ${goMemoryShare * 100} % of the memory, near which it is freed sooner.`,
    ),
  },
  "What the agent takes of a node.",
);

/** Alloy's UI. */
export interface UiSettings {
  /** It is open to the network: the node's, where the agent shares it, else the pods'. */
  readonly expose: boolean;
  /** @default - the chart's, 12345 */
  readonly port?: number | undefined;
}

export const ui = section(
  {
    expose: defaulted(yesOrNo(), false, {
      description:
        "true: Alloy's UI is open to everyone who reaches the node, with host_network, or else the pod. false: it listens on 127.0.0.1 of the node, or a NetworkPolicy keeps others out.",
    }),
    port: optional(listenPort(), {
      description: "The port of Alloy's UI.",
      unset: `the chart's, ${usualUiPort}`,
      example: 12346,
    }),
  },
  "Alloy's own UI, where its components and their state are shown.",
);

export const reloader = section(
  {
    listen_address: optional(listenAddress(), {
      description: "Where the sidecar that reloads Alloy serves its own metrics.",
      unset: "nowhere",
      example: "127.0.0.1:18080",
    }),
  },
  "The sidecar that reloads Alloy.",
);

/** The namespace of the agent and of everything that belongs to it, unless an environment names another. */
export const defaultNamespace = "monitoring";

export const namespace = defaulted(labelName(), defaultNamespace, {
  description: "The namespace of the agent.",
  example: "observability",
});

export const createNamespace = defaulted(yesOrNo(), true, {
  description:
    "false: the namespace is there already, and its Pod Security level is others' to say. No Namespace is made.",
});

export const podSecurity = optional(oneOf(podSecurityLevels), {
  description: "The Pod Security level of the agent's namespace, where others live in it and need more.",
  unset: "the lowest that admits the agent's pod",
});

export const networkPolicy = defaulted(yesOrNo(), true, {
  description:
    "false: no NetworkPolicy limits the agent to what it uses. With host_network there is none, as it would have no effect.",
});

const usualApiServerPorts = [443, 6443];

export const apiServerPorts = defaulted(
  z.array(port()).check(
    z.minLength(1, {
      error: `names no port; leave it out for ${usualApiServerPorts.join(" and ")}, or write one`,
    }),
  ),
  usualApiServerPorts,
  { description: "The TCP ports at which the Kubernetes API is, for the NetworkPolicy." },
);

export const maxUnavailable = defaulted(nodeCount(), "10%", {
  description:
    "How many nodes may be without their agent while it is replaced: a number, or a percentage, which is rounded up.",
  example: "25%",
});

/**
 * What is said of the sidecar: there has to be one. And since the containers of a pod share its network, or the node's,
 * its own address needs another port than Alloy's UI.
 */
export function checkReloader(settings: PlainSettings, chartValues: PlainSettings, report: Report): void {
  const address = sectionOf(settings, "reloader").listen_address;
  const uiPort = sectionOf(settings, "ui").port ?? usualUiPort;
  const key = ["reloader", "listen_address"];
  if (sectionOf(chartValues, "configReloader").enabled === false) {
    for (const one of [key, ["images", "reloader"]].filter((setting) => hasValue(settings, setting))) {
      report.add(one, "has no effect, since configReloader.enabled is false; remove one of the two");
    }
  } else if (typeof address === "string" && portOf(address) === uiPort) {
    report.add(key, `has port ${uiPort}, which Alloy's UI has; write another`);
  }
}

/** Without the node's network and without a policy, the UI is open anyway. */
export function checkUi(settings: PlainSettings, report: Report): void {
  if (report.has(["host_network"])) return;
  const isOpen = settings.host_network !== true && settings.network_policy === false;
  if (sectionOf(settings, "ui").expose !== undefined && isOpen) {
    report.add(
      ["ui", "expose"],
      "has no effect without host_network or a network policy; remove this, or network_policy: false",
    );
  }
}

/** On the node's network no policy has an effect. */
export function checkNetworkPolicy(settings: PlainSettings, report: Report): void {
  if (report.has(["host_network"])) return;
  const hasNone = settings.host_network === true || settings.network_policy === false;
  if (hasNone && settings.api_server_ports !== undefined) {
    const reason = settings.host_network === true ? "with host_network" : "with network_policy: false";
    report.add(["api_server_ports"], `has no effect ${reason}; remove this`);
  }
}

/** Namespaces that each cluster has by itself. */
const kubernetesOwn = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** What the agent's namespace asks of others: one that others own isn't made here, and its level is theirs to say. */
export function checkNamespace(settings: PlainSettings, report: Report): void {
  const { namespace, create_namespace: isMade } = settings;
  if (report.has(["namespace"]) || report.has(["create_namespace"])) return;
  if (isMade === false) {
    if (settings.pod_security !== undefined) {
      report.add(["pod_security"], "has no effect with create_namespace: false; remove one of the two");
    }
    return;
  }
  const owner = typeof namespace === "string" ? ownerOf(namespace, settings) : undefined;
  if (owner !== undefined) {
    report.add(["namespace"], `is ${owner} own; write create_namespace: false too, or another`);
  }
}

function ownerOf(namespace: string, { aistore }: PlainSettings): string | undefined {
  if (kubernetesOwn.includes(namespace)) return "Kubernetes'";
  const clusters: readonly unknown[] = Array.isArray(aistore) ? aistore : [usualCluster];
  return clusters.some((cluster) => isRecord(cluster) && cluster.namespace === namespace)
    ? "AIStore's"
    : undefined;
}
