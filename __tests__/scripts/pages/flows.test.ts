import { flowsOf, signalsIn } from "../../../scripts/pages/routes";
import { tracesAndProfiles } from "./graphs";
import { full, pipelineOf } from "./pipelines";

describe("flows", () => {
  const flows = (config: Parameters<typeof flowsOf>[0]) =>
    flowsOf(config).map(({ from, to, kind }) => `${kind}: ${from.address} > ${to.address}`);

  test("go the way of what flows, and tell what it is", () => {
    expect(flows(tracesAndProfiles()).sort()).toEqual([
      "profiles: pyroscope.scrape.pods > pyroscope.write.pyroscope",
      "reference: discovery.kubernetes.pods > pyroscope.scrape.pods",
      "traces: otelcol.processor.batch.traces > otelcol.exporter.otlp.tempo",
      "traces: otelcol.receiver.otlp.apps > otelcol.processor.batch.traces",
    ]);
  });

  test("of two signals are two", () => {
    expect(flows(pipelineOf(full))).toEqual(
      expect.arrayContaining([
        "metrics: otelcol.processor.memory_limiter.intake > otelcol.processor.transform.cluster",
        "logs: otelcol.processor.filter.noise > otelcol.processor.transform.cluster",
        "reference: otelcol.auth.oauth2.remote > otelcol.exporter.otlphttp.remote_send",
        "reference: otelcol.storage.file.queues > otelcol.exporter.otlphttp.remote_logs",
      ]),
    );
  });

  test("go over the loopback, from a destination's first stage to its second", () => {
    expect(flows(pipelineOf(full)).filter((flow) => flow.includes("otelcol.receiver.otlp"))).toEqual([
      "reference: otelcol.auth.bearer.STAGES > otelcol.receiver.otlp.remote",
      "metrics: otelcol.receiver.otlp.remote > otelcol.exporter.otlphttp.remote_send",
      "logs: otelcol.receiver.otlp.remote > otelcol.exporter.otlphttp.remote_send",
      "metrics: otelcol.exporter.otlphttp.remote_metrics > otelcol.receiver.otlp.remote",
      "logs: otelcol.exporter.otlphttp.remote_logs > otelcol.receiver.otlp.remote",
    ]);
  });

  test("have their signals in the order of a legend", () => {
    expect(signalsIn(flowsOf(pipelineOf(full)))).toEqual(["metrics", "logs"]);
    expect(signalsIn([])).toEqual([]);
  });
});
