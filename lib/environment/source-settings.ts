import * as z from "zod/mini";
import { regexp, socketPath } from "./setting-types";

// The settings of what is read on a node, by section.

export const runtime = z.strictObject({
  socket: z.exactOptional(
    socketPath({
      description:
        "The runtime's socket on the nodes. Unset: /run/docker.sock, /run/containerd/containerd.sock or /run/crio/crio.sock.",
      examples: ["/run/k3s/containerd/containerd.sock"],
    }),
  ),
});

export const mountPropagation = z
  ._default(z.enum(["HostToContainer", "None"]), "HostToContainer")
  .check(
    z.describe(
      "None: what a node mounts after the agent's start is not seen. For nodes whose root is no shared mount, where no container with HostToContainer starts.",
    ),
  );

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
