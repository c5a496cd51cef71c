// Made of examples/namespace-logs.alloy. Where it runs, it requires:
// - the stability level generally-available
// - discovery.kubernetes.shop: to list and watch pods in the namespaces shop
// - loki.source.kubernetes.shop: to get pods
// - loki.source.kubernetes.shop: to get pods/log
// - loki.source.kubernetes.shop: a storage path that outlives the pod
// - loki.write.shop: to reach loki.example.com:443
import { App } from "cdk8s";
import { DiscoveryKubernetes, DiscoveryRelabel } from "../imports/alloy/discovery";
import { LokiProcess, LokiWrite } from "../imports/alloy/loki";
import { LokiSourceKubernetes } from "../imports/alloy/loki.source";
import { AlloyConfig, coalesce, comment, concatStrings, constants, sys } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const shop = comment.above(
  "The logs of one namespace, shop: parsed, without what nobody reads, and a tenth of what says little.",
  new DiscoveryKubernetes(config, "shop", {
    role: "pod",
    namespaces: { names: ["shop"] },
    selectors: [
      {
        role: "pod",
        field: concatStrings("spec.nodeName=", coalesce(sys.env("HOSTNAME"), constants.hostname)),
      },
    ],
  }),
);
const shopRelabel = new DiscoveryRelabel(config, "shop", {
  targets: shop.targets,
  rule: [
    { sourceLabels: ["__meta_kubernetes_namespace"], targetLabel: "namespace" },
    { sourceLabels: ["__meta_kubernetes_pod_label_app_kubernetes_io_name"], targetLabel: "app" },
    { sourceLabels: ["__meta_kubernetes_pod_container_name"], targetLabel: "container" },
  ],
});
const shopWrite = new LokiWrite(config, "shop", {
  endpoint: [
    {
      url: "https://loki.example.com/loki/api/v1/push",
      basicAuth: { username: "shop", passwordFile: "/var/run/secrets/alloy/shop/password" },
    },
  ],
});
const shopProcess = new LokiProcess(config, "shop", {
  forwardTo: [shopWrite.receiver],
  stage: [
    comment.above("A line that is no JSON goes through as it is.", {
      json: { expressions: { level: "", message: "msg", path: "request.path", time: "ts", trace_id: "" } },
    }),
    { timestamp: { source: "time", format: "RFC3339Nano" } },
    { drop: { dropCounterReason: "probes", source: "path", expression: "/healthz|/readyz" } },
    { labels: { values: { level: "" } } },
    {
      match: {
        selector: '{level="debug"}',
        stage: [{ sampling: { dropCounterReason: "sampled", rate: 0.1 } }],
      },
    },
    { structuredMetadata: { values: { trace_id: "" } } },
    { output: { source: "message" } },
  ],
});
new LokiSourceKubernetes(config, "shop", { targets: shopRelabel.output, forwardTo: [shopProcess.receiver] });

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
