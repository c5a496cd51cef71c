import { App } from "cdk8s";
import type { AlloyConfig } from "../../../lib/alloy";
import { AlloyAgent } from "../../../lib/alloy-agent";
import type { Environment } from "../../../lib/environment";
import { boxesOf } from "../../../scripts/pages/picture/boxes";
import { environmentOf } from "../../environment/reading";

/** Sends both signals to both destinations, and uses what needs privileges. */
export const full = environmentOf(
  "container_runtime: containerd",
  "host_network: true",
  "ethtool: { device_include: ^ens.* }",
  "local: { endpoint: 'http://otlp.monitoring.svc:4318' }",
  "remote:",
  "  endpoint: https://otlp.example.com",
  "  label: east",
  "  secret: alloy-remote",
  "  scope: s",
);

/** Sends logs to one destination. */
export const logsOnly = environmentOf(
  "container_runtime: docker",
  "local: { logsEndpoint: 'http://loki.monitoring.svc/otlp/v1/logs' }",
);

/** Everything that runs Alloy in an environment. */
export function agentOf(environment: Environment): AlloyAgent {
  return new AlloyAgent(new App(), environment);
}

/** The pipeline of an environment. */
export function pipelineOf(environment: Environment): AlloyConfig {
  return agentOf(environment).config;
}

/** The boxes of an environment's pipeline. */
export function boxesIn(environment: Environment) {
  return boxesOf(pipelineOf(environment));
}
