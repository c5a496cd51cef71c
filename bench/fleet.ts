import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of environment files that differ in every setting that a fleet's do, and a folder for its manifests. */
export function fleet(size: number): { readonly environments: string; readonly output: string } {
  const folder = mkdtempSync(join(tmpdir(), `fleet-${size}-`));
  const environments = join(folder, "environments");
  mkdirSync(environments);
  const runtimes = ["containerd", "crio", "docker"];
  for (let number = 0; number < size; number++) {
    const text = `container_runtime: ${runtimes[number % runtimes.length]}
host_network: ${number % 2 === 0}
scrape:
  https: true
ethtool:
  device_include: "^ens${number}.*"
local:
  endpoint: http://prometheus.cluster-${number}.example.com/api/v1/otlp
  logsEndpoint: http://loki.cluster-${number}.example.com/otlp/v1/logs
remote:
  endpoint: https://otlp-${number}.example.com
  label: cluster-${number}
  secret: remote-${number}
  scope: api://${number}/.default
`;
    writeFileSync(join(environments, `cluster-${number}.yaml`), text);
  }
  return { environments, output: join(folder, "dist") };
}
