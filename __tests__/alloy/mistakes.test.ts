import { DiscoveryKubernetes, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { LokiSourceKubernetes } from "../../imports/alloy/loki.source";
import { OtelcolAuthBasic } from "../../imports/alloy/otelcol.auth";
import { OtelcolExporterOtlphttp, OtelcolExporterPrometheus } from "../../imports/alloy/otelcol.exporter";
import { OtelcolProcessorBatch, OtelcolProcessorFilter } from "../../imports/alloy/otelcol.processor";
import { OtelcolReceiverLoki } from "../../imports/alloy/otelcol.receiver";
import { PrometheusRemoteWrite } from "../../imports/alloy/prometheus";
import { type AlloyConfig, type Consumer, type Expression, ottl, string, sys } from "../../lib/alloy";
import { describeWithEngines } from "../engines/engines";
import { mistakesIn, newConfig } from "./new-config";

// A pipeline as anyone would write it, and what happens when a line of it is wrong. A mistake that the compiler
// finds is made all the same: a program may not have been compiled.

/** What comes after the filter. */
interface After {
  readonly config: AlloyConfig;
  readonly batch: OtelcolProcessorBatch;
  readonly exporter: OtelcolExporterOtlphttp;
}

/** The parts of the pipeline that a mistake changes. */
interface Parts {
  regex: string;
  condition: string;
  /** Where the filter sends what it keeps. */
  kept(parts: After): readonly Expression<Consumer<"logs">>[];
  password(): Expression<string>;
}

const right: Parts = {
  regex: "Running|Succeeded",
  condition: ottl`IsMatch(log.body, ${"^debug"})`,
  kept: ({ batch }) => [batch.input],
  password: () => sys.env("PASSWORD"),
};

function pipeline(change: Partial<Parts> = {}): AlloyConfig {
  const { regex, condition, kept, password } = { ...right, ...change };
  const config = newConfig();
  const auth = new OtelcolAuthBasic(config, "remote", { username: "me", password: password() });
  const exporter = new OtelcolExporterOtlphttp(config, "remote", {
    client: { endpoint: "https://example.com", auth: auth.handler },
  });
  const batch = new OtelcolProcessorBatch(config, "remote", { output: { logs: [exporter.input] } });
  const filter = new OtelcolProcessorFilter(config, "quiet", {
    logs: { logRecord: [condition] },
    output: { logs: kept({ config, batch, exporter }) },
  });
  const receiver = new OtelcolReceiverLoki(config, "pods", { output: { logs: [filter.input] } });
  const pods = new DiscoveryKubernetes(config, "pods", { role: "pod" });
  const running = new DiscoveryRelabel(config, "pods", {
    targets: pods.targets,
    rule: [{ sourceLabels: ["__meta_kubernetes_pod_phase"], regex, action: "keep" }],
  });
  new LokiSourceKubernetes(config, "pods", { targets: running.output, forwardTo: [receiver.receiver] });
  return config;
}

test("the pipeline is right", () => {
  expect(mistakesIn(pipeline())).toEqual([]);
});

test("a removed component leaves what it sent to without data", () => {
  const config = pipeline();
  config.node.tryRemoveChild("otelcol.processor.filter.quiet");
  expect(mistakesIn(config)).toEqual([
    "config: otelcol.receiver.loki.pods: output.logs[0]: otelcol.processor.filter.quiet is of another config or module: config/otelcol.processor.filter.quiet",
    "config: otelcol.processor.batch.remote: nothing sends data to it",
  ]);
});

test("a removed source leaves the pipeline without data", () => {
  const config = pipeline();
  config.node.tryRemoveChild("loki.source.kubernetes.pods");
  expect(mistakesIn(config)).toEqual([
    "config: otelcol.receiver.loki.pods: nothing sends data to it",
    "config: discovery.relabel.pods: nothing uses it",
  ]);
});

test("a removed receiver leaves a dead end", () => {
  expect(mistakesIn(pipeline({ kept: () => [] }))).toEqual([
    "config: otelcol.processor.batch.remote: nothing sends data to it",
    "config: otelcol.processor.filter.quiet: it sends its data nowhere",
  ]);
});

test("a swapped receiver leaves the right one without data", () => {
  expect(mistakesIn(pipeline({ kept: ({ exporter }) => [exporter.input] }))).toEqual([
    "config: otelcol.processor.batch.remote: nothing sends data to it",
  ]);
});

test("a receiver of another kind doesn't compile, and is refused", () => {
  const config = newConfig();
  const remote = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
  // @ts-expect-error metrics are no logs
  new LokiSourceKubernetes(config, "x", { targets: [], forwardTo: [remote.receiver] });
  expect(mistakesIn(config)).toEqual([
    "config: loki.source.kubernetes.x: forwardTo[0]: prometheus.remote_write.x.receiver is no loki.LogsReceiver",
  ]);
});

test("a cycle can't be written: a component is named only after it is there", () => {
  const config = newConfig();
  let second: OtelcolProcessorBatch;
  // @ts-expect-error it is used before it is there
  expect(() => new OtelcolProcessorBatch(config, "first", { output: { logs: [second.input] } })).toThrow(
    TypeError,
  );
});

test("a duplicated label is refused", () => {
  const config = newConfig();
  new OtelcolAuthBasic(config, "remote", { username: "me", password: sys.env("A") });
  expect(() => new OtelcolAuthBasic(config, "remote", { username: "you", password: sys.env("B") })).toThrow(
    "There is already a Construct with name 'otelcol.auth.basic.remote'",
  );
});

test("a secret as a plain string doesn't compile, and is refused without being told", () => {
  // @ts-expect-error a literal can't be a secret
  const mistakes = mistakesIn(pipeline({ password: () => "hunter2" }));
  expect(mistakes).toEqual([
    "config: otelcol.auth.basic.remote: password: a secret is never a literal: take it from sys.env, a file or a component",
  ]);
});

test("a metrics consumer for logs doesn't compile, and is refused", () => {
  const prometheus = (config: AlloyConfig) => {
    const remote = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
    return new OtelcolExporterPrometheus(config, "x", { forwardTo: [remote.receiver] }).input;
  };
  // @ts-expect-error Prometheus takes metrics alone
  const mistakes = mistakesIn(pipeline({ kept: ({ config, batch }) => [batch.input, prometheus(config)] }));
  expect(mistakes).toEqual([
    "config: otelcol.processor.filter.quiet: output.logs[1]: otelcol.exporter.prometheus.x takes no logs: they are dropped",
  ]);
});

test("an unknown function doesn't compile, and can't be called", () => {
  // @ts-expect-error it is toUpper
  expect(() => string.toUper("a")).toThrow("toUper is not a function");
});

test.each(["Running(?!x)", "(?<=a)Running", "Running("])("the regexp %s is refused", (regex) => {
  expect(mistakesIn(pipeline({ regex }))).toEqual([
    expect.stringMatching(
      /^config: discovery\.relabel\.pods: rule\[0\]\.regex: ".*" (has a lookaround|is no RE2 regexp)/,
    ),
  ]);
});

describeWithEngines("OpenTelemetry", (engines) => {
  test("takes the condition, but none with a typo", async () => {
    const condition = (text: string) => engines.ottl("condition", { context: "log" }, text);
    expect(await condition(right.condition)).toMatchObject({ ok: true });
    expect(await condition(right.condition.replace("IsMatch", "IsMach"))).toMatchObject({ ok: false });
    expect(await condition(right.condition.replace("log.body", "log.bdy"))).toMatchObject({ ok: false });
  });
});

describeWithEngines("Alloy", (engines) => {
  test("takes the pipeline as it is printed, but none with an unknown function", async () => {
    const text = pipeline().toString();
    expect(await engines.format(text)).toEqual({ ok: true, value: text });
    expect(await engines.evaluate(text)).toMatchObject({ ok: true });
    expect(await engines.evaluate(text.replace("sys.env", "sys.enw"))).toMatchObject({ ok: false });
  });
});
