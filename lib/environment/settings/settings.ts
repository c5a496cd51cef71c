import * as z from "zod/mini";
import { registry } from "../schema/addresses";
import {
  chartVersion,
  defaulted,
  imageVersion,
  objectName,
  oneOf,
  optional,
  required,
  section,
  settingsFile,
  yesOrNo,
} from "../schema/setting-types";
import { aistore } from "./aistore";
import { alloyFiles, alloyRequires } from "./alloy";
import { destinations, local, remote } from "./destinations";
import { alerts, dashboards, ownMetrics } from "./monitoring";
import {
  containerRuntimes,
  ethtool,
  memoryLimiter,
  mountPropagation,
  runtime,
  scrape,
  stability,
  storage,
} from "./node";
import { secrets } from "./secrets";
import { sources } from "./sources";
import {
  apiServerPorts,
  createNamespace,
  maxUnavailable,
  namespace,
  networkPolicy,
  podSecurity,
  reloader,
  resources,
  ui,
} from "./workload";

const images = section(
  {
    registry: optional(registry(), {
      description:
        "The registry that all images come from, the agent's and the reloader's, with the path below which it has them.",
      unset: "each from its own",
      example: "registry.example.com/mirror",
    }),
    pull_secrets: defaulted(z.array(objectName()), [], {
      description: "The Secrets with credentials for registries, in the agent's namespace.",
      example: "registry-credentials",
    }),
    agent: optional(imageVersion(), {
      description:
        "The tag, or tag@digest, of Alloy's image. The tag tells the version, which has to know what the config says.",
      unset: "the chart's",
      example: "v1.18.1",
    }),
    reloader: optional(imageVersion(), {
      description: "The tag, the digest, or tag@digest of the reloader's image.",
      unset: "the chart's",
      example: "v0.91.0",
    }),
  },
  "Which container images are run, and from where.",
);

/** The settings that this project has. Some have the names of the values files from before it, which operators know. */
export const settings = z.strictObject({
  extends: optional(settingsFile(), {
    description:
      "The file, by its path from this one, that says what this one doesn't: of maps each key by itself, of anything else all of it. What has nothing after it here is taken away. One whose name begins with `_`, or in a folder below, is no environment itself.",
    unset: "the file says all",
    example: "_fleet.yaml",
  }),
  container_runtime: required(oneOf(containerRuntimes), {
    description: "The container runtime of the nodes, which cAdvisor asks for names and labels.",
  }),
  runtime,
  mount_propagation: mountPropagation,
  host_network: defaulted(yesOrNo(), false, {
    description: "true: the agent shares the node's network, with dnsPolicy ClusterFirstWithHostNet.",
  }),
  sources,
  scrape,
  aistore,
  ethtool,
  local,
  remote,
  destinations,
  secrets,
  storage,
  stability,
  memory_limiter: memoryLimiter,
  resources,
  ui,
  own_metrics: ownMetrics,
  alerts,
  dashboards,
  alloy_files: alloyFiles,
  alloy_requires: alloyRequires,
  livedebugging: defaulted(yesOrNo(), false, {
    description: "true: data on its way can be watched in Alloy's UI by whoever reaches it.",
  }),
  reloader,
  max_unavailable: maxUnavailable,
  network_policy: networkPolicy,
  api_server_ports: apiServerPorts,
  namespace,
  create_namespace: createNamespace,
  pod_security: podSecurity,
  chart_version: optional(chartVersion(), {
    description: "The version of the Alloy chart.",
    unset: "the one that all environments have",
  }),
  images,
});

/** The settings of a file, of the right kinds and with their defaults. */
export type Settings = z.output<typeof settings>;
