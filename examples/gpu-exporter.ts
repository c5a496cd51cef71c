// Made of examples/gpu-exporter.alloy. Where it runs, it requires:
// - the stability level generally-available
// - discovery.kubernetes.gpu: to list and watch pods in the namespaces gpu-operator
// - prometheus.scrape.gpu: to reach pods with app=nvidia-dcgm-exporter in gpu-operator
// - prometheus.remote_write.gpu: a storage path that outlives the pod
// - prometheus.remote_write.gpu: to reach mimir.example.com:443
import { App } from "cdk8s";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../imports/alloy/discovery";
import { PrometheusRelabel, PrometheusRemoteWrite, PrometheusScrape } from "../imports/alloy/prometheus";
import { AlloyConfig, coalesce, comment, concatStrings, constants, sys } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const gpu = comment.above(
  "The metrics of NVIDIA's GPUs: what its operator's exporter has of the agent's own node.",
  new DiscoveryKubernetes(config, "gpu", {
    role: "pod",
    namespaces: { names: ["gpu-operator"] },
    selectors: [
      {
        role: "pod",
        label: "app=nvidia-dcgm-exporter",
        field: concatStrings("spec.nodeName=", coalesce(sys.env("HOSTNAME"), constants.hostname)),
      },
    ],
  }),
);
const gpuRelabel = new DiscoveryRelabel(config, "gpu", {
  targets: gpu.targets,
  rule: [{ sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" }],
});
const gpuRemoteWrite = new PrometheusRemoteWrite(config, "gpu", {
  endpoint: [
    {
      url: "https://mimir.example.com/api/v1/push",
      basicAuth: { username: "gpu", passwordFile: "/var/run/secrets/alloy/gpu/password" },
    },
  ],
});
const gpuPrometheusRelabel = new PrometheusRelabel(config, "gpu", {
  forwardTo: [gpuRemoteWrite.receiver],
  rule: [
    comment.above("Use, memory, heat, power, errors, and what links carry: a tenth of all that there is.", {
      sourceLabels: ["__name__"],
      regex:
        "up|DCGM_FI_(DEV_(GPU_UTIL|FB_(USED|FREE)|GPU_TEMP|POWER_USAGE|XID_ERRORS|ECC_.+)|PROF_(GR_ENGINE_ACTIVE|NVLINK_.+|PCIE_.+))",
      action: "keep",
    }),
    comment.above(
      "The exporter names the pod that has the GPU so; each restart would be a series of its own.",
      { regex: "modelName|UUID|pci_bus_id", action: "labeldrop" },
    ),
  ],
});
new PrometheusScrape(config, "gpu", {
  targets: gpuRelabel.output,
  forwardTo: [gpuPrometheusRelabel.receiver],
  jobName: "dcgm-exporter",
  scrapeInterval: "30s",
});

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
