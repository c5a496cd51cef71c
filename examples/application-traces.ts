// Made of examples/application-traces.alloy. Where it runs, it requires:
// - the stability level generally-available
// - otelcol.receiver.otlp.applications: to be reached at port 4317 over TCP
// - otelcol.receiver.otlp.applications: to be reached at port 4318 over TCP
// - otelcol.processor.k8sattributes.pods: to get and list and watch pods
// - otelcol.processor.k8sattributes.pods: to get and list and watch namespaces
// - otelcol.processor.k8sattributes.pods: to get and list and watch replicasets of apps
// - otelcol.exporter.otlphttp.tempo: to reach tempo.example.com:4318
import { App } from "cdk8s";
import { LocalFile } from "../imports/alloy/local";
import { OtelcolAuthBasic } from "../imports/alloy/otelcol.auth";
import { OtelcolExporterOtlphttp } from "../imports/alloy/otelcol.exporter";
import {
  OtelcolProcessorBatch,
  OtelcolProcessorFilter,
  OtelcolProcessorK8sattributes,
  OtelcolProcessorMemoryLimiter,
} from "../imports/alloy/otelcol.processor";
import { OtelcolReceiverOtlp } from "../imports/alloy/otelcol.receiver";
import { AlloyConfig, comment } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const tempo = new LocalFile(config, "tempo", {
  filename: "/var/run/secrets/alloy/tempo/password",
  isSecret: true,
});
const tempoBasic = new OtelcolAuthBasic(config, "tempo", { username: "traces", password: tempo.content });
const tempoOtlphttp = new OtelcolExporterOtlphttp(config, "tempo", {
  client: { endpoint: "https://tempo.example.com:4318", auth: tempoBasic.handler },
});
const tracesBatch = new OtelcolProcessorBatch(config, "traces", {
  timeout: "2s",
  output: { traces: [tempoOtlphttp.input] },
});
const probes = new OtelcolProcessorFilter(config, "probes", {
  errorMode: "ignore",
  traces: comment.above("Nobody looks for them.", {
    span: ['attributes["http.route"] == "/healthz" or attributes["http.route"] == "/readyz"'],
  }),
  output: { traces: [tracesBatch.input] },
});
const pods = new OtelcolProcessorK8sattributes(config, "pods", {
  extract: { metadata: ["k8s.namespace.name", "k8s.pod.name", "k8s.deployment.name", "k8s.node.name"] },
  output: { traces: [probes.input] },
});
const traces = comment.above(
  "Refuses what would not fit: the applications send it again.",
  new OtelcolProcessorMemoryLimiter(config, "traces", {
    checkInterval: "1s",
    limit: "256MiB",
    spikeLimit: "64MiB",
    output: { traces: [pods.input] },
  }),
);
comment.above(
  "Traces of applications on this node, with the pod that each span is from.",
  new OtelcolReceiverOtlp(config, "applications", {
    grpc: { endpoint: "0.0.0.0:4317" },
    http: { endpoint: "0.0.0.0:4318" },
    output: { traces: [traces.input] },
  }),
);

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
