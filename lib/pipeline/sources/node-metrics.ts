import { Construct } from "constructs";
import { PrometheusRelabel, PrometheusScrape } from "../../../imports/alloy/prometheus";
import { PrometheusExporterUnix } from "../../../imports/alloy/prometheus.exporter";
import type { Expression, HostPathRequirement, MetricsReceiver } from "../../alloy";
import type { EthtoolSettings, MeasuredNode, MountPropagation } from "../../environment";
import { nodeLabel, nodeName, readOnly, rootfs, rootfsPath } from "../surroundings/node";

/** What a {@link NodeMetrics} takes. */
export interface NodeMetricsProps extends MeasuredNode {
  readonly forwardTo: Expression<MetricsReceiver>;
  /** Whether the agent sees mounts that the node makes after its start. */
  readonly propagation: MountPropagation;
  /** The agent shares the node's network. Otherwise collectors that read the network are off. */
  readonly hostNetwork: boolean;
  /** Reads the network that the agent has: it takes `hostNetwork`. @default - no ethtool collector */
  readonly ethtool?: EthtoolSettings | undefined;
}

/**
 * The collectors that are on by default and read the network of their own process. `/proc/net`, `/proc/sys/net` and
 * netlink show the network namespace of who asks, also below the node's `/proc`: that of a pod is not the node's.
 * bonding, infiniband and netclass read the node's `/sys`, and softnet counts by processor: these are the node's anyway.
 *
 * Source: node_exporter as in Alloy v1.18.1, read, and run in a network namespace of its own.
 */
export const networkCollectors = [
  "arp",
  "conntrack",
  "ipvs",
  "netdev",
  "netstat",
  "nfs",
  "nfsd",
  "sockstat",
  "udp_queues",
];

/** What is read of Alloy's image, and not of the node: `/etc/selinux/config`, and the time zone of the process. */
const ofImage = ["node_selinux_config_mode", "node_time_zone_offset_seconds"];

/** The exporter's default fields, and all of TCP's that tell of connections dropped or retried. */
const netstatFields = anyOf([
  ".*_(InErrors|InErrs)",
  "Ip_Forwarding",
  "Ip(6|Ext)_(InOctets|OutOctets)",
  "Icmp6?_(InMsgs|OutMsgs)",
  "TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPAbort.*|TCPMemoryPressures|TCPBacklogDrop|TCPReqQFull.*)",
  "Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)",
  "Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors)",
]);

/** The statistics that tell of a network card's health. */
const nicHealth = anyOf([
  "[rt]x_errors",
  "[rt]x_dropped",
  "tx_queue_dropped",
  "link_down_events_phy",
  "rx_out_of_buffer",
  "rx_crc_errors_phy",
  "rx_symbol_err_phy",
  "[rt]x_discards_phy",
  "tx_errors_phy",
  "[rt]x_pause_ctrl_phy",
  "rx_oversize_pkts_buffer",
  "rx_oversize_pkts_sw_drop",
]);

/**
 * What `prometheus.exporter.unix` reads of the node.
 *
 * @param propagation of mounts that the node makes later
 */
export function nodeHostPaths(propagation: MountPropagation): readonly HostPathRequirement[] {
  return [readOnly("proc", "/proc"), readOnly("sys", "/sys"), rootfs(propagation)];
}

/** The node's own metrics: processors, memory, disks, file systems, network. Job `node-exporter`. */
export class NodeMetrics extends Construct {
  constructor(scope: Construct, id: string, props: NodeMetricsProps) {
    super(scope, id);
    const { ethtool, hostNetwork, interfaceExclude } = props;
    const exporter = new PrometheusExporterUnix(this, "node", {
      // Without it, sizes are the container's own, and what is mounted outside of the pod reads as an error.
      rootfsPath,
      udevDataPath: `${rootfsPath}/run/udev/data`,
      disk: { deviceInclude: props.diskInclude },
      netclass: { ignoredDevices: interfaceExclude },
      filesystem: { mountPointsExclude: props.mountExclude, fsTypesExclude: props.fsTypeExclude },
      ...(hostNetwork
        ? {
            arp: { deviceExclude: interfaceExclude },
            netdev: { deviceExclude: interfaceExclude },
            netstat: { fields: netstatFields },
          }
        : { disableCollectors: networkCollectors }),
      ...(ethtool && {
        enableCollectors: ["ethtool"],
        ethtool: {
          deviceInclude: ethtool.deviceInclude,
          metricsInclude: ethtool.metricsInclude ?? nicHealth,
        },
      }),
    }).requires(...nodeHostPaths(props.propagation));
    if (ethtool !== undefined) exporter.requires({ kind: "capability", capability: "NET_ADMIN" });

    const labels = new PrometheusRelabel(this, "node", {
      rule: [
        { sourceLabels: ["__name__"], regex: anyOf(ofImage), action: "drop" },
        { targetLabel: "job", replacement: "node-exporter" },
        nodeLabel,
        // The name of the host is the pod's, unless it shares the node's network.
        ...(hostNetwork
          ? []
          : [{ sourceLabels: ["nodename"], regex: ".+", targetLabel: "nodename", replacement: nodeName }]),
      ],
      forwardTo: [props.forwardTo],
    });
    new PrometheusScrape(this, "node", {
      targets: exporter.targets,
      forwardTo: [labels.receiver],
      scrapeInterval: props.scrapeInterval,
    });
  }
}

function anyOf(patterns: readonly string[]): string {
  return `^(${patterns.join("|")})$`;
}
