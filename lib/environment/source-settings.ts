import * as z from "zod/mini";
import { nodePath, regexp, socketPath } from "./setting-types";

// The settings of what is read on a node, by section.

export const runtime = z.strictObject({
  socket: z.exactOptional(
    socketPath({
      description:
        "The runtime's socket on the nodes. Unset: /var/run/docker.sock, /run/containerd/containerd.sock or /var/run/crio/crio.sock.",
      examples: ["/run/k3s/containerd/containerd.sock"],
    }),
  ),
  data: z.exactOptional(
    nodePath({
      description:
        "The folder of the nodes in which the runtime keeps its containers. Unset: /var/lib/docker, /var/lib/containerd or /var/lib/containers.",
      examples: ["/var/lib/rancher/k3s/agent/containerd"],
    }),
  ),
});

export const scrape = z.strictObject({
  https: z
    ._default(z.union([z.boolean(), z.enum(["true", "false"])]), false)
    .check(
      z.describe(
        "Scrape AIStore over HTTPS. Its certificate is not verified, unless the cluster in aistore names a CA.",
      ),
    ),
});

export const ethtool = z.strictObject({
  device_include: z.exactOptional(
    regexp({
      description:
        "The network interfaces whose driver statistics are collected: an RE2 regexp. Unset: none are. It takes host_network, without which the agent doesn't reach the node's interfaces.",
      examples: ["^ens.*"],
    }),
  ),
  metrics_include: z.exactOptional(
    regexp({
      description:
        "The driver statistics that are collected: an RE2 regexp. Unset: those of the card's health.",
      examples: ["^(tx|rx)_errors$"],
    }),
  ),
});
