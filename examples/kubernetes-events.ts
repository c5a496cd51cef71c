// Made of examples/kubernetes-events.alloy. Where it runs, it requires:
// - the stability level generally-available
// - loki.source.kubernetes_events.cluster: to list and watch events
// - loki.source.kubernetes_events.cluster: a storage path that outlives the pod
// - loki.write.events: to reach loki.example.com:443
import { App } from "cdk8s";
import { LokiProcess, LokiWrite } from "../imports/alloy/loki";
import { LokiSourceKubernetesEvents } from "../imports/alloy/loki.source";
import { AlloyConfig, comment } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const eventsWrite = new LokiWrite(config, "events", {
  endpoint: [
    {
      url: "https://loki.example.com/loki/api/v1/push",
      basicAuth: { username: "events", passwordFile: "/var/run/secrets/alloy/events/password" },
    },
  ],
});
const events = new LokiProcess(config, "events", {
  forwardTo: [eventsWrite.receiver],
  stage: [
    { json: { expressions: { kind: "", name: "", reason: "", type: "" } } },
    comment.above("They come by the thousand, and say that all is well.", {
      drop: {
        dropCounterReason: "usual",
        source: "reason",
        expression: "Pulling|Pulled|Created|Started|SuccessfulCreate",
      },
    }),
    { labels: { values: { kind: "", reason: "", type: "" } } },
    comment.above("As a label, it would make a stream of each pod.", {
      structuredMetadata: { values: { name: "" } },
    }),
  ],
});
comment.above(
  "The events of the cluster, to Loki: what Kubernetes does, and why.",
  new LokiSourceKubernetesEvents(config, "cluster", {
    forwardTo: [events.receiver],
    jobName: "kubernetes-events",
    logFormat: "json",
  }),
);

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
