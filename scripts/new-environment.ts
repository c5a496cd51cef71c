/**
 * The file of a new environment: the least that one needs, and in comments what most clusters want next.
 *
 * @param bases files of its folder that it may extend
 */
export function newEnvironment(name: string, bases: readonly string[]): string {
  return `# yaml-language-server: $schema=schema.json

${bases.length > 0 ? extending(bases) : ""}# What the nodes run: containerd, crio or docker.
container_runtime: containerd

# A collector inside the cluster that takes OTLP over HTTP. /v1/metrics and /v1/logs are added to the URL.
local:
  endpoint: http://otel-collector.observability.svc.cluster.local:4318

# A destination elsewhere, with a client certificate in a Secret of the agent's namespace. docs/secrets.md has the others.
#remote:
#  endpoint: https://otlp.example.com
#  label: ${name}
#  secret: alloy-remote
#  auth_type: mtls

# The AIStore custom resources, where there are others than one: ais in the namespace ais.
#aistore:
#  - namespace: ais
#    name: ais

# AIStore serves its metrics over HTTPS.
#scrape:
#  https: true

# The agent shares the node's network: the metrics of network devices are then the node's.
#host_network: true

# All else is in docs/settings.md.
`;
}

function extending(bases: readonly string[]): string {
  return `# A file of what clusters have alike. What it says needn't be said here.
${bases.map((base) => `#extends: ${base}\n`).join("")}
`;
}
