import { App } from "cdk8s";
import { LokiWrite } from "../imports/alloy/loki";
import { LokiSourceFile } from "../imports/alloy/loki.source";
import { AlloyConfig } from "../lib/alloy";

const app = new App();
export const config = new AlloyConfig(app, "config");
const archive = new LokiWrite(config, "archive", {
  endpoint: [{ url: "https://loki.example.com/loki/api/v1/push" }],
});
new LokiSourceFile(config, "system", {
  targets: [{ __path__: "/var/log/syslog" }],
  forwardTo: [archive.receiver],
});
