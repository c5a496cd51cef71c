// Made of examples/node-journal.alloy. Where it runs, it requires:
// - the stability level generally-available
// - loki.source.journal.node: a storage path that outlives the pod
// - loki.source.journal.node: the node's /var/log/journal at /var/log/journal
// - loki.write.journal: to reach loki.example.com:443
import { App } from "cdk8s";
import { LokiProcess, LokiRelabel, LokiWrite } from "../imports/alloy/loki";
import { LokiSourceJournal } from "../imports/alloy/loki.source";
import { AlloyConfig, comment } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const journal = comment.above(
  "The journal's fields are labels for these rules alone.",
  new LokiRelabel(config, "journal", {
    forwardTo: [],
    rule: [
      { sourceLabels: ["__journal__systemd_unit"], targetLabel: "unit" },
      { sourceLabels: ["__journal__hostname"], targetLabel: "node" },
      { sourceLabels: ["__journal_priority_keyword"], targetLabel: "level" },
    ],
  }),
);
const journalWrite = new LokiWrite(config, "journal", {
  endpoint: [
    {
      url: "https://loki.example.com/loki/api/v1/push",
      basicAuth: { username: "journal", passwordFile: "/var/run/secrets/alloy/journal/password" },
    },
  ],
});
const journalProcess = new LokiProcess(config, "journal", {
  forwardTo: [journalWrite.receiver],
  stage: [
    comment.above("Of what is said of containers, the containers' own logs say more.", {
      drop: {
        dropCounterReason: "containers",
        source: "unit",
        expression: "(cri-containerd|docker)-.+\\.scope",
      },
    }),
  ],
});
comment.above(
  "What the units of each node's systemd say: the kubelet, the container runtime, the kernel.",
  new LokiSourceJournal(config, "node", {
    maxAge: "12h",
    path: "/var/log/journal",
    relabelRules: journal.rules,
    forwardTo: [journalProcess.receiver],
    labels: { job: "node-journal" },
  }),
);

// Prints the config where this file is what runs: node scripts/run.js FILE
if (require.main === module) process.stdout.write(config.toString());
