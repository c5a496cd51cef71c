import { Construct } from "constructs";
import { Tracing } from "../../../imports/alloy/config";
import { FaroReceiver } from "../../../imports/alloy/faro";
import { LokiWrite } from "../../../imports/alloy/loki";
import { LokiSourceApi } from "../../../imports/alloy/loki.source";
import { OtelcolConnectorCount } from "../../../imports/alloy/otelcol.connector";
import { OtelcolExporterLoki, OtelcolExporterOtlphttp } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch } from "../../../imports/alloy/otelcol.processor";
import { OtelcolReceiverLoki, OtelcolReceiverOtlp } from "../../../imports/alloy/otelcol.receiver";
import { type AlloyConfig, consumedSignal, type Edge, isForwarding } from "../../../lib/alloy";
import { mistakesIn, newConfig } from "../new-config";

let config: AlloyConfig;
beforeEach(() => {
  config = newConfig();
});

function exporter(label = "remote"): OtelcolExporterOtlphttp {
  return new OtelcolExporterOtlphttp(config, label, { client: { endpoint: "http://x" } });
}

function toLoki(): OtelcolExporterLoki {
  const write = new LokiWrite(config, "x", { endpoint: [{ url: "http://x" }] });
  return new OtelcolExporterLoki(config, "x", { forwardTo: [write.receiver] });
}

describe("a signal", () => {
  test("goes where it is taken", () => {
    const { input } = exporter();
    const output = { metrics: [input], logs: [input, toLoki().input], traces: [input] };
    new OtelcolReceiverOtlp(config, "apps", { grpc: {}, output });
    expect(mistakesIn(config)).toEqual([]);
  });

  test("goes nowhere else", () => {
    const { input } = toLoki();
    // @ts-expect-error Loki takes no metrics
    new OtelcolReceiverOtlp(config, "apps", { grpc: {}, output: { metrics: [input], logs: [input] } });
    expect(mistakesIn(config)).toEqual([
      "config: otelcol.receiver.otlp.apps: output.metrics[0]: otelcol.exporter.loki.x takes no metrics: they are dropped",
    ]);
  });

  test("of Alloy itself is traces", () => {
    new Tracing(config, { writeTo: [exporter().input] });
    expect(mistakesIn(config)).toEqual([]);
    // @ts-expect-error Loki takes no traces
    new Tracing(new Construct(config, "other"), { writeTo: [toLoki().input] });
    expect(mistakesIn(config)).toContain(
      "config: other/tracing: writeTo[0]: otelcol.exporter.loki.x takes no traces: they are dropped",
    );
  });

  test("comes from where there is one", () => {
    const { input } = exporter();
    // @ts-expect-error Loki gives no traces
    const logs = new OtelcolReceiverLoki(config, "x", { output: { logs: [input], traces: [input] } });
    new LokiSourceApi(config, "x", { forwardTo: [logs.receiver] });
    expect(mistakesIn(config)).toEqual([
      "config: otelcol.receiver.loki.x: output.traces[0]: otelcol.receiver.loki.x gives no traces",
    ]);
  });
});

describe("a processor", () => {
  function batch(of: readonly ("metrics" | "logs")[], into: readonly ("metrics" | "logs")[]) {
    const { input } = exporter();
    const outputs = (signals: readonly string[], to: typeof input) => ({
      ...(signals.includes("metrics") && { metrics: [to] }),
      ...(signals.includes("logs") && { logs: [to] }),
    });
    const { input: batched } = new OtelcolProcessorBatch(config, "x", { output: outputs(into, input) });
    new OtelcolReceiverOtlp(config, "apps", { grpc: {}, output: outputs(of, batched) });
    return mistakesIn(config);
  }

  test("sends on what it gets", () => {
    expect(batch(["metrics", "logs"], ["metrics", "logs"])).toEqual([]);
  });

  test("drops what it has no output for", () => {
    expect(batch(["metrics", "logs"], ["metrics"])).toEqual([
      "config: otelcol.processor.batch.x: output: it gets logs, but sends them nowhere",
    ]);
  });

  test("has no output for what it doesn't get", () => {
    expect(batch(["metrics"], ["metrics", "logs"])).toEqual([
      "config: otelcol.processor.batch.x: output.logs: nothing sends it logs",
    ]);
  });

  test("that sends nothing on is one mistake, not one for each signal", () => {
    expect(batch(["metrics", "logs"], [])).toEqual([
      "config: otelcol.exporter.otlphttp.remote: nothing sends data to it",
      "config: otelcol.processor.batch.x: it sends its data nowhere",
    ]);
  });

  test("that gets nothing is one mistake", () => {
    expect(batch([], ["logs"])).toEqual([
      "config: otelcol.processor.batch.x: nothing sends data to it",
      "config: otelcol.receiver.otlp.apps: it sends its data nowhere",
    ]);
  });

  test("is no connector: that makes metrics of all that it gets", () => {
    const count = new OtelcolConnectorCount(config, "x", { output: { metrics: [exporter().input] } });
    new OtelcolReceiverOtlp(config, "apps", {
      grpc: {},
      output: { logs: [count.input], traces: [count.input] },
    });
    expect(mistakesIn(config)).toEqual([]);
  });
});

test("logs that go to Loki are no signal of OpenTelemetry, whatever the output is called", () => {
  const write = new LokiWrite(config, "x", { endpoint: [{ url: "http://x" }] });
  new FaroReceiver(config, "x", { output: { logs: [write.receiver], traces: [exporter().input] } });
  expect(config.edges.map((edge) => [edge.attribute, isForwarding(edge), consumedSignal(edge)])).toEqual([
    ["output.logs", true, undefined],
    ["output.traces", true, "traces"],
  ]);
});

test("an edge knows whether data flows along it, and which signal a consumer gets", () => {
  const logs = new OtelcolReceiverLoki(config, "x", { output: { logs: [exporter().input] } });
  new LokiSourceApi(config, "x", { forwardTo: [logs.receiver] });
  const described = config.edges.map((edge: Edge) => [
    edge.attribute,
    isForwarding(edge),
    consumedSignal(edge),
  ]);
  expect(described).toEqual([
    ["forward_to", true, undefined],
    ["output.logs", true, "logs"],
  ]);
});
