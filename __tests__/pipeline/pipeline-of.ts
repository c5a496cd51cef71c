import { App, Chart } from "cdk8s";
import { stringify } from "yaml";
import type { AlloyConfig } from "../../lib/alloy";
import { DiagnosticsError, type Environment } from "../../lib/environment";
import { readEnvironment } from "../../lib/environment/read";
import { AistorePipeline } from "../../lib/pipeline";

/** An environment file's content, as a program writes it. */
export type Settings = Readonly<Record<string, unknown>>;

/** Any OTLP destination, for tests of something else. */
export const local = { endpoint: "http://otlp.monitoring.svc:4318" };

/** The environment that a file with these settings makes. */
export function environmentOf(settings: Settings): Environment {
  const text = stringify({ container_runtime: "containerd", ...settings });
  const { environment, diagnostics } = readEnvironment("test", "environments/test.yaml", text);
  if (environment === undefined) throw new DiagnosticsError(diagnostics);
  return environment;
}

/** The container that pipelines are told to run in. */
export const agent = { namespace: "agents", name: "collector" };

/** The pipeline of an environment file with these settings. */
export function pipelineOf(settings: Settings): AistorePipeline {
  return new AistorePipeline(new Chart(new App(), "test"), "config", environmentOf(settings), agent);
}

/** What the validations of all constructs of a pipeline find. */
export function mistakesIn(pipeline: AlloyConfig): readonly string[] {
  return pipeline.node.findAll().flatMap(({ node }) => node.validate());
}

/** The text of one component of a pipeline. */
export function textOf(pipeline: AistorePipeline, address: string): string {
  const [name, label] = [
    address.slice(0, address.lastIndexOf(".")),
    address.slice(address.lastIndexOf(".") + 1),
  ];
  const start = `${name} ${JSON.stringify(label)} {`;
  const block = pipeline
    .toString()
    .split(/\n\n(?=\S)/)
    .find((text) => text.startsWith(start));
  if (block === undefined) throw new Error(`the pipeline has no ${address}`);
  return block.trimEnd();
}
