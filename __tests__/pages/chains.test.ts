import { App } from "cdk8s";
import { Construct } from "constructs";
import { OtelcolProcessorBatch } from "../../imports/alloy/otelcol.processor";
import { OtelcolReceiverOtlp } from "../../imports/alloy/otelcol.receiver";
import { AlloyConfig } from "../../lib/alloy";
import { columnsOf } from "../../scripts/pages/markdown";
import { chainsOf } from "../../scripts/pages/routes";
import { tracesAndProfiles } from "./graphs";
import { full, graphOf, logsOnly } from "./pipelines";

const written = ({ components }: { readonly components: readonly { readonly address: string }[] }) =>
  components.map(({ address }) => address).join(" > ");

describe("chains", () => {
  test("are of one stage", () => {
    expect(chainsOf(tracesAndProfiles()).chains.map(written)).toEqual(
      expect.arrayContaining([
        "discovery.kubernetes.pods > pyroscope.scrape.pods",
        "otelcol.receiver.otlp.apps",
        "otelcol.processor.batch.traces",
        "otelcol.exporter.otlp.tempo",
        "pyroscope.write.pyroscope",
      ]),
    );
  });

  test("end where data parts or meets", () => {
    expect(
      graphOf(full)
        .chains.filter(({ stage }) => stage === "destinations")
        .map(written),
    ).toEqual(
      expect.arrayContaining([
        "otelcol.exporter.otlphttp.local_metrics",
        "otelcol.exporter.otlphttp.local_logs",
        "otelcol.processor.filter.remote_namespaces > otelcol.exporter.otlphttp.remote_logs",
        "otelcol.exporter.otlphttp.remote_metrics",
        "otelcol.storage.file.queues",
        "otelcol.receiver.otlp.remote > otelcol.exporter.otlphttp.remote_send",
        "local.file.STAGES > otelcol.auth.bearer.STAGES",
        "local.file.remote_url > otelcol.auth.oauth2.remote",
      ]),
    );
  });

  test("are linked to the component that takes what they give", () => {
    const handler = graphOf(full).links.find(({ kind }) => kind === "reference");
    expect(handler?.target.address).toBe("otelcol.exporter.otlphttp.remote_metrics");
  });

  test("hold each component once", () => {
    const { chains, flows } = graphOf(logsOnly);
    const all = chains.flatMap(({ components }) => components);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(flows.flatMap(({ from, to }) => [from, to]))).toEqual(new Set(all));
  });

  test("need a stage for each component that takes part", () => {
    const config = new AlloyConfig(new App(), "config");
    const processing = new Construct(config, "processing");
    const batch = new OtelcolProcessorBatch(config, "stray", { output: { traces: [] } });
    new OtelcolReceiverOtlp(processing, "apps", { output: { traces: [batch.input] } });
    expect(() => chainsOf(config)).toThrow("otelcol.processor.batch.stray is below no stage of its pipeline");
  });
});

describe("columns", () => {
  test("are the stages' own, with the last destinations in the last one", () => {
    const graph = graphOf(full);
    const columns = new Map([...columnsOf(graph)].map(([chain, column]) => [written(chain), column]));
    expect(columns.get("otelcol.receiver.prometheus.metrics > otelcol.processor.memory_limiter.intake")).toBe(
      1,
    );
    expect(columns.get("otelcol.processor.transform.cluster")).toBe(2);
    expect(columns.get("local.file.STAGES > otelcol.auth.bearer.STAGES")).toBe(3);
    expect(columns.get("otelcol.exporter.otlphttp.remote_metrics")).toBe(4);
    expect(columns.get("otelcol.exporter.otlphttp.local_logs")).toBe(5);
    for (const { from, to } of graph.links) {
      expect(columns.get(written(from)) ?? 0).toBeLessThan(columns.get(written(to)) ?? 0);
    }
  });
});
