import { App } from "cdk8s";
import { Construct } from "constructs";
import { OtelcolProcessorBatch } from "../../../../imports/alloy/otelcol.processor";
import { OtelcolReceiverOtlp } from "../../../../imports/alloy/otelcol.receiver";
import { AlloyConfig } from "../../../../lib/alloy";
import { type Box, boxesOf } from "../../../../scripts/pages/picture/boxes";
import { tracesAndProfiles } from "../graphs";
import { boxesIn, full, logsOnly, pipelineOf } from "../pipelines";

const written = ({ title, steps }: Box) =>
  `${title}: ${steps.map(({ component, signals }) => [component.address, ...signals].join(" ")).join(", ")}`;

describe("boxes", () => {
  test("are a source, a destination, or processing in which each sends to the next alone", () => {
    expect(boxesOf(tracesAndProfiles()).boxes.map(written)).toEqual(
      expect.arrayContaining([
        "pods: discovery.kubernetes.pods, pyroscope.scrape.pods profiles",
        "apps: otelcol.receiver.otlp.apps traces",
        "traces: otelcol.processor.batch.traces traces",
        "tempo: otelcol.exporter.otlp.tempo traces",
        "pyroscope: pyroscope.write.pyroscope profiles",
      ]),
    );
  });

  test("end where data parts or meets, and gather what no data passes", () => {
    const all = boxesIn(full).boxes.map(written);
    expect(all).toEqual(
      expect.arrayContaining([
        "metrics: otelcol.receiver.prometheus.metrics metrics, otelcol.processor.memory_limiter.intake metrics",
        "metrics and logs: otelcol.processor.transform.cluster metrics logs",
        "local: otelcol.exporter.otlphttp.local_metrics metrics, otelcol.exporter.otlphttp.local_logs logs",
      ]),
    );
    expect(all.at(-1)).toBe(
      "shared: otelcol.storage.file.queues, local.file.STAGES, otelcol.auth.bearer.STAGES",
    );
  });

  test("are linked by each signal once", () => {
    expect(boxesIn(full).links.map(({ from, to, kind }) => `${from.title} > ${to.title}: ${kind}`)).toEqual([
      "node > metrics: metrics",
      "containers > metrics: metrics",
      "aistore-ais-IN-ais > metrics: metrics",
      "kube-state-metrics > metrics: metrics",
      "metrics > metrics and logs: metrics",
      "alloy > metrics: metrics",
      "metrics > metrics and logs: metrics",
      "pod-logs > logs: logs",
      "logs > metrics and logs: logs",
      "metrics and logs > local: metrics",
      "metrics and logs > remote: metrics",
      "metrics and logs > local: logs",
      "metrics and logs > remote: logs",
    ]);
  });

  test("hold each component once, and none that configures Alloy itself", () => {
    const config = pipelineOf({ ...logsOnly, livedebugging: true });
    const steps = boxesOf(config).boxes.flatMap((box) => box.steps.map(({ component }) => component));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps).toHaveLength(config.components.length - 1);
  });

  test("need a stage for each component that takes part", () => {
    const config = new AlloyConfig(new App(), "config");
    const processing = new Construct(config, "processing");
    const batch = new OtelcolProcessorBatch(config, "stray", { output: { traces: [] } });
    new OtelcolReceiverOtlp(processing, "apps", { output: { traces: [batch.input] } });
    expect(() => boxesOf(config)).toThrow("otelcol.processor.batch.stray is below no stage of its pipeline");
  });
});
