// Made of examples/annotated-pods.alloy. Where it runs, it requires:
// - the stability level generally-available
// - discovery.kubernetes.annotated: to list and watch pods
// - prometheus.scrape.annotated: to reach all pods
// - prometheus.remote_write.applications: a storage path that outlives the pod
// - prometheus.remote_write.applications: to reach mimir.example.com:443
import { App } from "cdk8s";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../imports/alloy/discovery";
import { PrometheusRemoteWrite, PrometheusScrape } from "../imports/alloy/prometheus";
import { AlloyConfig, coalesce, comment, concatStrings, constants, sys } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const annotated = comment.above(
  "Scrapes the pods of this node that ask for it by annotations: prometheus.io/scrape, /scheme, /port and /path.",
  new DiscoveryKubernetes(config, "annotated", {
    role: "pod",
    selectors: [
      {
        role: "pod",
        field: concatStrings("spec.nodeName=", coalesce(sys.env("HOSTNAME"), constants.hostname)),
      },
    ],
  }),
);
const annotatedRelabel = new DiscoveryRelabel(config, "annotated", {
  targets: annotated.targets,
  rule: [
    {
      sourceLabels: ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"],
      regex: "true",
      action: "keep",
    },
    comment.above("A pod that is done, or has not begun, answers nobody.", {
      sourceLabels: ["__meta_kubernetes_pod_phase"],
      regex: "Pending|Succeeded|Failed",
      action: "drop",
    }),
    {
      sourceLabels: ["__meta_kubernetes_pod_annotation_prometheus_io_scheme"],
      regex: "https?",
      targetLabel: "__scheme__",
    },
    {
      sourceLabels: ["__meta_kubernetes_pod_annotation_prometheus_io_path"],
      regex: "(/.*)",
      targetLabel: "__metrics_path__",
    },
    comment.above("The port of the annotation, at the pod's address, which may be one of IPv6.", {
      sourceLabels: ["__meta_kubernetes_pod_ip", "__meta_kubernetes_pod_annotation_prometheus_io_port"],
      regex: "([\\d.]+);(\\d+)",
      targetLabel: "__address__",
      replacement: "$1:$2",
    }),
    {
      sourceLabels: ["__meta_kubernetes_pod_ip", "__meta_kubernetes_pod_annotation_prometheus_io_port"],
      regex: "([\\da-f:]+:[\\da-f:]*);(\\d+)",
      targetLabel: "__address__",
      replacement: "[$1]:$2",
    },
    { sourceLabels: ["__meta_kubernetes_namespace"], targetLabel: "namespace" },
    { sourceLabels: ["__meta_kubernetes_pod_name"], targetLabel: "pod" },
    { sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_name"], targetLabel: "job" },
  ],
});
const applications = new PrometheusRemoteWrite(config, "applications", {
  endpoint: [
    {
      url: "https://mimir.example.com/api/v1/push",
      basicAuth: { username: "applications", passwordFile: "/var/run/secrets/alloy/applications/password" },
    },
  ],
});
new PrometheusScrape(config, "annotated", {
  targets: annotatedRelabel.output,
  forwardTo: [applications.receiver],
  scrapeInterval: "30s",
  sampleLimit: 10000,
});

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
