import { describeWithTrace } from "./trace";

describeWithTrace("a trace through OpenTelemetry's processors", (trace) => {
  test("takes samples through Alloy's relabeling and OpenTelemetry's processors to each destination", async () => {
    const config = `
prometheus.scrape "s" {
  targets    = []
  forward_to = [prometheus.relabel.r.receiver]
}
prometheus.relabel "r" {
  forward_to = [otelcol.receiver.prometheus.m.receiver]
  rule {
    source_labels = ["__name__"]
    regex         = "no_.*"
    action        = "drop"
  }
}
otelcol.receiver.prometheus "m" {
  output { metrics = [otelcol.processor.batch.b.input] }
}
otelcol.processor.batch "b" {
  timeout = "1h"
  output { metrics = [otelcol.processor.transform.t.input, otelcol.exporter.otlphttp.second.input] }
}
otelcol.processor.transform "t" {
  metric_statements {
    context    = "resource"
    statements = [\`set(resource.attributes["cluster"], "c1")\`]
  }
  output { metrics = [otelcol.exporter.otlphttp.first.input] }
}
otelcol.exporter.otlphttp "first" { client { endpoint = "http://a" } }
otelcol.exporter.otlphttp "second" { client { endpoint = "http://b" } }`;
    const samples = ["no_a", "b"].map((name) => ({
      labels: { __name__: name, job: "j", instance: "i:1" },
      value: 3,
      type: "counter",
    }));

    const { arrived, errors } = await trace({ config, inputs: [{ to: "prometheus.scrape.s", samples }] });

    expect(errors).toEqual([]);
    const clusters = arrived.map(({ at, otlp }) => [at, JSON.stringify(otlp).includes('"cluster"')]);
    expect(clusters).toEqual([
      ["otelcol.exporter.otlphttp.second.input", false],
      ["otelcol.exporter.otlphttp.first.input", true],
    ]);
    expect(JSON.stringify(arrived[1]?.otlp)).toContain('"name":"b"');
    expect(JSON.stringify(arrived)).not.toContain("no_a");
  });

  test("shows each condition of a filter and each block of statements, in the order written", async () => {
    const config = `
otelcol.receiver.otlp "in" {
  output { logs = [otelcol.processor.transform.t.input] }
}
otelcol.processor.transform "t" {
  output { logs = [otelcol.processor.filter.f.input] }
  metric_statements {
    context    = "metric"
    statements = [\`set(metric.name, "x")\`]
  }
  log_statements {
    context    = "log"
    statements = [\`set(log.severity_text, "seen")\`]
  }
}
otelcol.processor.filter "f" {
  logs { log_record = [\`log.body == "no"\`, \`log.severity_text == "seen"\`] }
  output { logs = [otelcol.exporter.otlphttp.out.input] }
}
otelcol.exporter.otlphttp "out" { client { endpoint = "http://a" } }`;
    const otlp = {
      logs: { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: "yes" } }] }] }] },
    };

    const { steps, arrived } = await trace({ config, inputs: [{ to: "otelcol.receiver.otlp.in", otlp }] });

    expect(steps.map(({ component, stage, out }) => [component, stage, out.otlp !== undefined])).toEqual([
      ["otelcol.processor.transform.t", undefined, true],
      ["otelcol.processor.transform.t", { name: "log_statements", path: [2] }, true],
      ["otelcol.processor.filter.f", undefined, false],
      ["otelcol.processor.filter.f", { name: "log_record", path: [0, 0] }, true],
      ["otelcol.processor.filter.f", { name: "log_record", path: [0, 1] }, false],
    ]);
    expect(arrived).toEqual([]);
  });

  test.each([
    ["", "unknown"],
    ["honor_metadata = true", "counter"],
  ])("says of a scraped metric with %j that its type is %s", async (attribute, type) => {
    const config = `
prometheus.scrape "s" {
  targets    = []
  forward_to = [prometheus.relabel.r.receiver]
  ${attribute}
}
prometheus.relabel "r" { forward_to = [otelcol.receiver.prometheus.m.receiver] }
otelcol.receiver.prometheus "m" {
  output { metrics = [otelcol.exporter.otlphttp.out.input] }
}
otelcol.exporter.otlphttp "out" { client { endpoint = "http://a" } }`;
    const samples = [{ labels: { __name__: "a", job: "j", instance: "i:1" }, value: 3, type: "counter" }];

    const { arrived } = await trace({ config, inputs: [{ to: "prometheus.scrape.s", samples }] });

    expect(JSON.stringify(arrived)).toContain(
      `"metadata":[{"key":"prometheus.type","value":{"stringValue":"${type}"}}]`,
    );
  });

  test("detects the environment's resource, which takes the place of what was there unless told not to", async () => {
    const config = (override: string) => `
otelcol.receiver.otlp "in" {
  grpc { }
  output { logs = [otelcol.processor.resourcedetection.env.input] }
}
otelcol.processor.resourcedetection "env" {
  detectors = ["env"]
  ${override}
  output { logs = [otelcol.exporter.otlphttp.out.input] }
}
otelcol.exporter.otlphttp "out" { client { endpoint = "http://a" } }`;
    const resource = { attributes: [{ key: "a", value: { stringValue: "old" } }] };
    const otlp = {
      logs: { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ body: { stringValue: "x" } }] }] }] },
    };
    const found = async (override: string) => {
      const { arrived } = await trace({
        config: config(override),
        environment: { OTEL_RESOURCE_ATTRIBUTES: "a=new,b=c" },
        inputs: [{ to: "otelcol.receiver.otlp.in", otlp }],
      });
      return /"attributes":(\[.*?\])\}/.exec(JSON.stringify(arrived))?.[1];
    };

    const pair = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    expect(JSON.parse((await found("")) ?? "")).toEqual([pair("a", "new"), pair("b", "c")]);
    expect(JSON.parse((await found("override = false")) ?? "")).toEqual([pair("a", "old"), pair("b", "c")]);
  });
});
