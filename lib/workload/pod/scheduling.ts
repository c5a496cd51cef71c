import type { k8s } from "cdk8s-plus-28";
import {
  agentContainer,
  type ChartValues,
  copyJson,
  goMemoryShare,
  mapAt,
  mapsAt,
  type Resources,
  reloaderContainer,
} from "../../chart";
import { hasValue, isRecord, sectionOf } from "../../schema";
import type { PodDefaults, RenderedDaemonSet } from "./rendered-daemon-set";

/** What {@link limitResources} takes. */
export interface ResourceOptions {
  readonly chartValues: ChartValues;
  /** Whether the chart's sidecar runs. */
  readonly reloader: boolean;
  /** Of the agent. @default - what the chart renders */
  readonly resources?: Resources | undefined;
}

/** The sidecar watches some files and sends a request now and then. The chart says what it asks for. */
const reloaderResources: Resources = { limits: { cpu: "100m", memory: "100Mi" } };

/**
 * Says what the containers ask for and may use, unless the chart's values do, and tells Go what the agent may use: most of
 * its memory, beyond which Go frees memory ever sooner, and its processors, rounded up and two at least, as Go does by
 * itself. It can't here: the node's `/sys` hides the container's own cgroup (run: it reads no limit there).
 */
export function limitResources(daemonSet: RenderedDaemonSet, options: ResourceOptions): void {
  const { chartValues, reloader, resources } = options;
  const agent = daemonSet.container(agentContainer);
  if (resources !== undefined) agent.addDefaults({ resources });
  const [memory, cpu] = [agent.limit("memory"), agent.limit("cpu")];
  if (memory !== undefined) {
    agent.addDefaultVariable("GOMEMLIMIT", `${Math.floor((memory * goMemoryShare) / 2 ** 20)}MiB`);
  }
  if (cpu !== undefined) agent.addDefaultVariable("GOMAXPROCS", String(Math.max(2, Math.ceil(cpu))));
  // A limit beside a request that is more would be refused.
  if (reloader && !hasValue(chartValues, ["configReloader", "resources"])) {
    daemonSet.container(reloaderContainer).addDefaults({ resources: reloaderResources });
  }
}

/** What {@link schedule} takes. */
export interface SchedulingOptions {
  readonly chartValues: ChartValues;
  /** How many nodes' agents are replaced at a time: a number or a percentage, rounded up. */
  readonly maxUnavailable: number | string;
}

/**
 * An agent belongs on every node that runs containers of Linux, whatever else is kept off it. When a node is short, it
 * is among the last to go.
 */
const podDefaults = {
  tolerations: [{ operator: "Exists" }],
  priorityClassName: "system-node-critical",
  nodeSelector: { "kubernetes.io/os": "linux" },
} satisfies PodDefaults;

/**
 * By what labels nodes are told apart that have no paths to mount and run no pod of a DaemonSet: it would pend for ever.
 * A node without a label passes NotIn.
 */
const notVirtual: readonly k8s.NodeSelectorRequirement[] = [
  // Virtual Kubelet, as of AKS, ACK and CCE; `virtual-node` by others of its kind.
  // Source: github.com/virtual-kubelet/virtual-kubelet, cmd/virtual-kubelet/internal/commands/root/node.go.
  { key: "type", operator: "NotIn", values: ["virtual-kubelet", "virtual-node"] },
  // Fargate of EKS. Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
  { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] },
  // Virtual nodes of OKE: the role that kubectl shows of them.
  { key: "node-role.kubernetes.io/virtual-node", operator: "DoesNotExist" },
  // Super nodes of TKE. Source: https://www.tencentcloud.com/document/product/457/40027
  { key: "node.kubernetes.io/instance-type", operator: "NotIn", values: ["eklet"] },
  // Other clusters as nodes. Source: https://github.com/admiraltyio/admiralty/issues/114, https://docs.liqo.io
  { key: "virtual-kubelet.io/provider", operator: "DoesNotExist" },
  { key: "liqo.io/type", operator: "NotIn", values: ["virtual-node"] },
];

/** Says where the agent runs and how it is replaced, each unless the chart's values do. */
export function schedule(daemonSet: RenderedDaemonSet, options: SchedulingOptions): void {
  const { chartValues, maxUnavailable } = options;
  const unsaid = Object.entries(podDefaults).filter(([name]) => !hasValue(chartValues, ["controller", name]));
  daemonSet.addDefaults(Object.fromEntries(unsaid));
  const { affinity } = sectionOf(chartValues, "controller");
  if (affinity === undefined || (isRecord(affinity) && Object.keys(affinity).length > 0)) {
    leaveOutVirtualNodes(daemonSet);
  }
  if (!hasValue(chartValues, ["controller", "updateStrategy"])) daemonSet.updateInTurn(maxUnavailable);
}

/**
 * Leaves out virtual nodes, besides what the chart's values ask of nodes. A pod runs where one of the terms holds, so
 * that each has to ask for it. A key that a term names is its own affair, and an empty term holds nowhere.
 */
function leaveOutVirtualNodes(daemonSet: RenderedDaemonSet): void {
  const { spec } = daemonSet.podTemplate;
  const node = mapAt(mapAt(spec, "affinity"), "nodeAffinity");
  const terms = mapsAt(mapAt(node, "requiredDuringSchedulingIgnoredDuringExecution"), "nodeSelectorTerms");
  if (terms.length === 0) {
    const nodeSelectorTerms = [{ matchExpressions: [...notVirtual] }];
    daemonSet.addDefaults({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
    });
  }
  for (const term of terms.filter((one) => Object.keys(one).length > 0)) {
    const own = mapsAt(term, "matchExpressions");
    const added = notVirtual.filter(({ key }) => own.every((expression) => expression.key !== key));
    term.matchExpressions = copyJson([...own, ...added]);
  }
}
