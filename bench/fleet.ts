import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary-folder";

/**
 * A folder of environment files that differ as those of a fleet do, and a folder for its manifests. The Secret has one
 * name in all clusters.
 */
export function fleet(size: number): { readonly environments: string; readonly output: string } {
  const folder = temporaryFolder(`fleet-${size}`);
  const environments = join(folder, "environments");
  mkdirSync(environments);
  const runtimes = ["containerd", "crio", "docker"];
  for (let number = 0; number < size; number++) {
    const text = `container_runtime: ${runtimes[number % runtimes.length]}
host_network: ${number % 2 === 0}
scrape:
  https: true
ethtool: ${number % 2 === 0 ? `{device_include: "^ens${number}.*"}` : "{}"}
local:
  endpoint: http://prometheus.cluster-${number}.example.com/api/v1/otlp
  logsEndpoint: http://loki.cluster-${number}.example.com/otlp/v1/logs
remote:
  endpoint: https://otlp-${number}.example.com
  label: cluster-${number}
  secret: alloy-remote
  scope: api://${number}/.default
`;
    writeFileSync(join(environments, `cluster-${number}.yaml`), text);
  }
  return { environments, output: join(folder, "dist") };
}
