import { posix } from "node:path";
import { Construct } from "constructs";
import { PrometheusRelabel, PrometheusScrape } from "../../../imports/alloy/prometheus";
import {
  PrometheusExporterCadvisor,
  type PrometheusExporterCadvisorProps,
} from "../../../imports/alloy/prometheus.exporter";
import type { Expression, HostPathRequirement, MetricsReceiver } from "../../alloy";
import type { ContainerRuntime, MeasuredNetwork, MountPropagation } from "../../environment";
import { nodeLabel, readOnly, rootfs, rootfsPath } from "../surroundings/node";

/** What a {@link ContainerMetrics} takes. */
export interface ContainerMetricsProps extends MeasuredNetwork {
  readonly forwardTo: Expression<MetricsReceiver>;
  readonly runtime: ContainerRuntime;
  /** The runtime's socket on the node. */
  readonly socket: string;
  /** Whether the agent sees mounts that the node makes after its start. */
  readonly propagation: MountPropagation;
}

/** The container labels that are kept, and the metric labels that they become. */
const labels: Readonly<Record<string, string>> = {
  "io.kubernetes.container.name": "container",
  "io.kubernetes.pod.namespace": "namespace",
  "io.kubernetes.pod.name": "pod",
};

/** Processor, memory and network of each container, as cAdvisor measures them. */
export class ContainerMetrics extends Construct {
  constructor(scope: Construct, id: string, props: ContainerMetricsProps) {
    super(scope, id);
    const exporter = new PrometheusExporterCadvisor(this, "containers", {
      enabledMetrics: ["cpu", "memory", "network"],
      storeContainerLabels: false,
      allowlistedContainerLabels: Object.keys(labels),
      ...endpoint(props.runtime, socketInContainer(props.runtime, props.socket)),
    }).requires(...containerHostPaths(props.runtime, props.socket, props.propagation));
    const relabel = new PrometheusRelabel(this, "containers", {
      rule: [
        ...Object.entries(labels).map(([label, targetLabel]) => ({
          sourceLabels: [`container_label_${label.replaceAll(".", "_")}`],
          targetLabel,
        })),
        // A pod on the node's network has all of the node's interfaces. A rule's regexp is for the whole name.
        { sourceLabels: ["interface"], regex: `.*(${props.interfaceExclude}).*`, action: "drop" },
        // cAdvisor takes the system of Alloy's image for the node's.
        { action: "labeldrop", regex: "container_label_.*|osVersion" },
        nodeLabel,
      ],
      forwardTo: [props.forwardTo],
    });
    new PrometheusScrape(this, "containers", {
      targets: exporter.targets,
      forwardTo: [relabel.receiver],
      scrapeInterval: props.scrapeInterval,
    });
  }
}

/** Where cAdvisor looks for CRI-O's socket, which no argument changes. */
const crioSocket = "/var/run/crio/crio.sock";

/**
 * What `prometheus.exporter.cadvisor` reads of a node for processor, memory and network: processes by the root, cgroups
 * and devices by `/sys`, and names and labels by the runtime's socket. Where containers have their data matters to its
 * disk metrics alone; Docker's it reads below the root by itself.
 * Source: github.com/grafana/cadvisor v0.0.0-20260204200106, manager, fs and container/{docker,containerd,crio}.
 */
export function containerHostPaths(
  runtime: ContainerRuntime,
  socket: string,
  propagation: MountPropagation,
): readonly HostPathRequirement[] {
  const node = [readOnly("sys", "/sys"), rootfs(propagation)];
  // The folder: a socket that is mounted by itself answers nobody any more when the runtime has made it anew. Without
  // a type, a node that has no such folder runs the agent all the same.
  return runtime === "crio"
    ? [...node, readOnly("crio", posix.dirname(socket), posix.dirname(crioSocket))]
    : node;
}

/**
 * The runtime's socket in the container. A read-only mount doesn't keep a client from connecting, and below the root of
 * the node a socket that the runtime has made anew is found again.
 *
 * @param socket on the node
 */
function socketInContainer(runtime: ContainerRuntime, socket: string): string {
  // On the node /var/run is a link to /run, which would lead to the container's own.
  return runtime === "crio" ? crioSocket : `${rootfsPath}${socket.replace(/^\/var\/run\//, "/run/")}`;
}

/** cAdvisor knows where CRI-O listens, and nothing else can be said of it; the other two it can be told. */
function endpoint(
  runtime: ContainerRuntime,
  socket: string,
): Pick<PrometheusExporterCadvisorProps, "dockerHost" | "containerdHost"> {
  switch (runtime) {
    case "docker":
      return { dockerHost: `unix://${socket}` };
    case "containerd":
      return { containerdHost: socket };
    case "crio":
      return {};
  }
}
