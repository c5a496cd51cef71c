import * as z from "zod/mini";
import { aistoreCluster, noDuplicates } from "./aistore-settings";
import { chartVersion, imageVersion, nodeCount, objectName, registry, text, url } from "./setting-types";
import { ethtool, runtime, scrape } from "./source-settings";
import { limits, podSecurity, reloader, requests, resources, ui } from "./workload-settings";

const localUse =
  "inside the Kubernetes cluster, without authentication and, unless it says https, without TLS";

const local = z.strictObject({
  endpoint: z.exactOptional(
    url(
      { role: "base", credentials: false },
      {
        description: `Base URL of OTLP over HTTP ${localUse}: /v1/metrics and /v1/logs are added to it.`,
        examples: ["http://prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp"],
      },
    ),
  ),
  metricsEndpoint: z.exactOptional(
    url(
      { role: "metrics", credentials: false },
      {
        description: `Full URL for metrics ${localUse}. It wins over endpoint.`,
        examples: ["http://prometheus.monitoring.svc.cluster.local:9090/api/v1/otlp/v1/metrics"],
      },
    ),
  ),
  logsEndpoint: z.exactOptional(
    url(
      { role: "logs", credentials: false },
      {
        description: `Full URL for logs ${localUse}. It wins over endpoint.`,
        examples: ["http://loki-gateway.monitoring.svc.cluster.local/otlp/v1/logs"],
      },
    ),
  ),
});

const remote = z.strictObject({
  endpoint: z.exactOptional(
    url(
      { role: "base", credentials: true },
      {
        description: "Base URL of the remote OTLP over HTTP: /v1/metrics and /v1/logs are added to it.",
        examples: ["https://otlp.example.com"],
      },
    ),
  ),
  metricsEndpoint: z.exactOptional(
    url(
      { role: "metrics", credentials: true },
      {
        description: "Full URL of the remote for metrics. It wins over endpoint.",
        examples: ["https://metrics.example.com/otlp/v1/metrics"],
      },
    ),
  ),
  logsEndpoint: z.exactOptional(
    url(
      { role: "logs", credentials: true },
      {
        description: "Full URL of the remote for logs. It wins over endpoint.",
        examples: ["https://logs.example.com/otlp/v1/logs"],
      },
    ),
  ),
  label: z.exactOptional(
    text({
      description:
        "The attribute `cluster` of everything that is sent, to the local destination too. Unset: local. Environments with a remote each need their own.",
      examples: ["default-cluster"],
    }),
  ),
  secret: z.exactOptional(
    objectName({
      description:
        "The Secret with the credentials, in the agent's namespace. Needed as soon as a remote URL is set. Keys for OAuth2: azure_app_client_id, azure_app_client_secret, azure_token_url; for mTLS: ca.crt, tls.crt, tls.key.",
      examples: ["alloy-remote"],
    }),
  ),
  auth_type: z.exactOptional(
    z
      .enum(["oauth", "mtls"])
      .check(z.describe("oauth: OAuth2 client credentials. mtls: a client certificate. Unset: oauth.")),
  ),
  scope: z.exactOptional(
    text({
      description: "The OAuth2 scope to ask for. Needed for OAuth2.",
      examples: ["api://otlp.example.com/.default"],
    }),
  ),
  token_url: z.exactOptional(
    url(
      { role: "token", credentials: true },
      {
        description: "The URL that gives out OAuth2 tokens. Unset: the Secret's key azure_token_url.",
        examples: ["https://login.example.com/oauth2/v2.0/token"],
      },
    ),
  ),
});

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
    .check(z.describe("The container runtime of the nodes. It chooses the mounts for cAdvisor.")),
  runtime: z
    .exactOptional(runtime)
    .check(z.describe("Where the container runtime keeps what cAdvisor asks it and reads of it.")),
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

const sections = {
  runtime,
  scrape,
  aistore: aistoreCluster,
  ethtool,
  local,
  remote,
  resources,
  "resources.requests": requests,
  "resources.limits": limits,
  ui,
  reloader,
  images,
};

/** The names of the settings in a section, such as `resources.limits`; without one, at the top. */
export function namesIn(section?: string): readonly string[] {
  if (section === undefined) {
    return Object.keys(settings.shape);
  }
  const found = Object.entries(sections).find(([name]) => name === section);
  return found ? Object.keys(found[1].shape) : [];
}

/** The sections that have a setting of this name. */
export function sectionsWith(name: string): readonly string[] {
  return Object.keys(sections).filter((section) => namesIn(section).includes(name));
}
