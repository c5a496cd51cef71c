import * as z from "zod/mini";
import { defaultNamespace } from "./agent-namespace";
import { aistoreCluster, noDuplicates } from "./aistore-settings";
import { destinations, local, remote } from "./destinations/destination-settings";
import { secrets } from "./secrets/secret-settings";
import { chartVersion, imageVersion, labelName, nodeCount, objectName, registry } from "./setting-types";
import { ethtool, mountPropagation, runtime, scrape } from "./source-settings";
import { memoryLimiter, stability, storage } from "./storage/storage-settings";
import {
  apiServerPorts,
  createNamespace,
  networkPolicy,
  podSecurity,
  reloader,
  resources,
  ui,
} from "./workload-settings";

const images = z.strictObject({
  registry: z.exactOptional(
    registry({
      description:
        "The registry that all images come from, the agent's and the reloader's, with the path below which it has them. Unset: each from its own.",
      examples: ["registry.example.com/mirror"],
    }),
  ),
  pull_secrets: z
    .exactOptional(
      z.array(
        objectName({
          description: "A Secret with credentials for registries, in the agent's namespace.",
          examples: ["registry-credentials"],
        }),
      ),
    )
    .check(z.describe("The Secrets with which images are pulled.")),
  agent: z.exactOptional(
    imageVersion({
      description: "The tag, the digest, or tag@digest of Alloy's image. Unset: the chart's.",
      examples: ["v1.18.1"],
    }),
  ),
  reloader: z.exactOptional(
    imageVersion({
      description: "The tag, the digest, or tag@digest of the reloader's image. Unset: the chart's.",
      examples: ["v0.91.0"],
    }),
  ),
});

/** The settings that this project has, by the names of today's values files. */
export const settings = z.strictObject({
  container_runtime: z
    .enum(["docker", "crio", "containerd"])
    .check(z.describe("The container runtime of the nodes, which cAdvisor asks for names and labels.")),
  runtime: z.exactOptional(runtime).check(z.describe("Where the container runtime is on the nodes.")),
  mount_propagation: mountPropagation,
  host_network: z
    ._default(z.boolean(), false)
    .check(z.describe("true: the agent shares the node's network, with dnsPolicy ClusterFirstWithHostNet.")),
  scrape: z.exactOptional(scrape).check(z.describe("How AIStore's metrics are scraped.")),
  aistore: z
    .exactOptional(
      z.array(aistoreCluster).check(
        z.minLength(1, {
          error: "names no AIStore cluster; leave it out for ais in namespace ais, or name one",
        }),
        noDuplicates,
      ),
    )
    .check(z.describe("The AIStore clusters to scrape. Unset: ais in namespace ais.")),
  ethtool: z.exactOptional(ethtool).check(z.describe("Driver statistics of network interfaces.")),
  local: z.exactOptional(local).check(z.describe("The destination inside the Kubernetes cluster.")),
  remote: z
    .exactOptional(remote)
    .check(z.describe("The destination elsewhere, over HTTPS and authenticated.")),
  destinations,
  secrets,
  storage: z.exactOptional(storage).check(z.describe("What the agent keeps on its node.")),
  stability,
  memory_limiter: memoryLimiter,
  resources: z.exactOptional(resources).check(z.describe("What the agent takes of a node.")),
  ui: z
    .exactOptional(ui)
    .check(z.describe("Alloy's own UI, where its components and their state are shown.")),
  livedebugging: z
    ._default(z.boolean(), false)
    .check(z.describe("true: data on its way can be watched in Alloy's UI by whoever reaches it.")),
  reloader: z.exactOptional(reloader).check(z.describe("The sidecar that reloads Alloy.")),
  max_unavailable: z._default(
    nodeCount({
      description:
        "How many nodes may be without their agent while it is replaced: a number, or a percentage, which is rounded up.",
      examples: ["25%"],
    }),
    "10%",
  ),
  network_policy: networkPolicy,
  api_server_ports: apiServerPorts,
  namespace: z._default(
    labelName({ description: "The namespace of the agent.", examples: ["observability"] }),
    defaultNamespace,
  ),
  create_namespace: createNamespace,
  pod_security: podSecurity,
  chart_version: z.exactOptional(
    chartVersion({
      description: "The version of the Alloy chart. Unset: the one that all environments have.",
    }),
  ),
  images: z.exactOptional(images).check(z.describe("Which container images are run, and from where.")),
});

/** The settings of a file, of the right kinds and with their defaults. */
export type Settings = z.output<typeof settings>;
