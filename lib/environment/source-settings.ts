import * as z from "zod/mini";
import { alternatives } from "./kind";
import { usualSockets } from "./runtime-rules";
import { defaulted, optional, section, worded } from "./setting";
import { oneOf, regexp, socketPath } from "./setting-types";

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

export const mountPropagation = defaulted(oneOf(["HostToContainer", "None"]), "HostToContainer", {
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
