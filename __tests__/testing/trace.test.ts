import { App, Chart } from "cdk8s";
import { definitions } from "../../imports/alloy/definitions";
import { DiscoveryRelabel } from "../../imports/alloy/discovery";
import { LokiProcess, LokiWrite } from "../../imports/alloy/loki";
import { LokiSourceFile } from "../../imports/alloy/loki.source";
import { OtelcolExporterOtlphttp } from "../../imports/alloy/otelcol.exporter";
import { OtelcolReceiverLoki, OtelcolReceiverOtlp } from "../../imports/alloy/otelcol.receiver";
import { PrometheusRemoteWrite } from "../../imports/alloy/prometheus";
import { AlloyConfig, ConfigText, parse } from "../../lib/alloy";
import { type Input, trace } from "../../lib/testing";
import type { EngineAnswer, EngineRequest } from "../../lib/testing/engine";

// What is asked of the engine, and what it is taken to answer: the real one is in others' tests.
let asked: EngineRequest | undefined;
let answer: EngineAnswer | { readonly error: string };
jest.mock("../../lib/testing/engine", () => ({
  ask: (request: EngineRequest) => {
    asked = request;
    return answer;
  },
}));
beforeEach(() => {
  answer = { steps: [], arrived: [] };
});

const config = new AlloyConfig(new Chart(new App(), "a"), "config");
const archive = new LokiWrite(config, "archive", { endpoint: [{ url: "http://loki" }] });
const shop = new LokiProcess(config, "shop", { forwardTo: [archive.receiver], stage: [] });
const files = new LokiSourceFile(config, "files", {
  targets: [],
  forwardTo: [shop.receiver, archive.receiver],
});
const bridge = new OtelcolReceiverLoki(config, "bridge", { output: {} });
const events = new LokiSourceFile(config, "events", { targets: [], forwardTo: [bridge.receiver] });
const mimir = new PrometheusRemoteWrite(config, "mimir", { endpoint: [{ url: "http://mimir" }] });
const pods = new DiscoveryRelabel(config, "pods", { targets: [], rule: [] });
const tempo = new OtelcolExporterOtlphttp(config, "tempo", { client: { endpoint: "http://tempo" } });
const otlp = new OtelcolReceiverOtlp(config, "apps", { http: {}, output: { traces: [tempo.input] } });

const logs = [{ line: "x" }];
const samples = [{ labels: { __name__: "up" }, value: 1 }];

describe("data goes in", () => {
  const to = (input: Input | readonly Input[]) => {
    trace(config, input);
    return asked?.inputs.map((one) => one.to);
  };

  test.each<[string, Input, readonly string[]]>([
    ["an export", { to: shop.receiver, logs }, ["loki.process.shop.receiver"]],
    ["its name", { to: "loki.process.shop.receiver", logs }, ["loki.process.shop.receiver"]],
    ["a component that has one", { to: shop, logs }, ["loki.process.shop.receiver"]],
    [
      "a source: where it forwards to",
      { to: files, logs },
      ["loki.process.shop.receiver", "loki.write.archive.receiver"],
    ],
    [
      "the name of a source",
      { to: "loki.source.file.files", logs },
      ["loki.process.shop.receiver", "loki.write.archive.receiver"],
    ],
    [
      "a source before a component whose name ends like an export",
      { to: events, logs },
      ["otelcol.receiver.loki.bridge.receiver"],
    ],
    [
      "a receiver: its output",
      { to: otlp, spans: [{ name: "GET" }] },
      ["otelcol.exporter.otlphttp.tempo.input"],
    ],
    ["relabeling of targets", { to: pods, targets: [{ a: "b" }] }, ["discovery.relabel.pods"]],
    ["samples", { to: mimir.receiver, samples }, ["prometheus.remote_write.mimir.receiver"]],
  ])("by %s", (_, input, names) => expect(to(input)).toEqual(names));

  test("one after another", () => {
    expect(
      to([
        { to: shop, logs },
        { to: mimir.receiver, samples },
      ]),
    ).toEqual(["loki.process.shop.receiver", "prometheus.remote_write.mimir.receiver"]);
  });

  test("with what Alloy finds around it", () => {
    trace(config, { to: shop, logs }, { environment: { HOSTNAME: "n1" }, files: { "/a": "b" } });
    expect(asked).toMatchObject({
      environment: { HOSTNAME: "n1" },
      files: { "/a": "b" },
      inputs: [{ logs }],
    });
  });

  test("records, points and spans as OTLP", () => {
    trace(config, {
      to: tempo.input,
      records: [{ body: "x", resource: { a: 1 }, attributes: { b: [true, 0.5] }, severityNumber: 9 }],
    });
    expect(asked?.inputs[0]?.otlp?.logs?.resourceLogs).toEqual([
      {
        resource: { attributes: [{ key: "a", value: { intValue: "1" } }] },
        scopeLogs: [
          {
            logRecords: [
              {
                severityNumber: 9,
                body: { stringValue: "x" },
                attributes: [
                  {
                    key: "b",
                    value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 0.5 }] } },
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test("only of a kind that is taken there", () => {
    // @ts-expect-error a receiver of logs takes no samples
    const wrong: Input = { to: shop.receiver, samples };
    // @ts-expect-error nor does an exporter of OpenTelemetry
    const other: Input = { to: tempo.input, samples };
    // @ts-expect-error a sample has a name
    const nameless: Input = { to: mimir.receiver, samples: [{ labels: { job: "a" }, value: 1 }] };
    expect([wrong, other, nameless]).toHaveLength(3);
  });
});

test.each<[string, () => unknown, string]>([
  [
    "a misspelt place",
    () => trace(config, { to: "loki.process.shoop.receiver", logs }),
    "loki.process.shoop.receiver: there is no such place in the config; write loki.process.shop.receiver",
  ],
  [
    "another export",
    () => trace(config, { to: "loki.process.shop.input", logs }),
    "loki.process.shop.input: there is no such place in the config; write loki.process.shop.receiver",
  ],
  [
    "nothing like it",
    () => trace('logging { }\nloki.echo "a" { }', { to: "x.y", logs }),
    "x.y: there is no such place in the config; its places are loki.echo.a.receiver, loki.echo.a",
  ],
  [
    "what another config has",
    () => trace('loki.echo "a" { }', { to: shop.receiver, logs }),
    "loki.process.shop.receiver: there is no such place in the config; its places are loki.echo.a.receiver, loki.echo.a",
  ],
  [
    "a source that reads something else",
    () => trace(config, { to: otlp, records: [{ body: "x" }] }),
    "otelcol.receiver.otlp.apps: passes on no logs",
  ],
  [
    "an end that isn't there",
    () => trace(config, { to: shop, logs }).arrived("loki.write.archives.receiver"),
    "loki.write.archives.receiver: there is no such place in the config; write loki.write.archive.receiver",
  ],
  [
    "a text with mistakes",
    () => trace('loki.echo "a" {\n\tb = 1 2\n\tc = 3 4\n}', { to: "x", logs }),
    "2:8: 2 can't stand here; end the statement before it, by a new line\n3:8: 4 can't stand here; end the statement before it, by a new line",
  ],
])("%s is said", (_, work, message) => {
  expect(work).toThrow(expect.objectContaining({ name: "TraceError", message }));
});

test("a config is one of a program, a text in it, or its whole text", () => {
  const text = parse('loki.echo "a" { }');
  const part = new ConfigText(new AlloyConfig(new Chart(new App(), "b"), "config"), "a", {
    text,
    definitions,
  });
  trace(part, { to: "loki.echo.a.receiver", logs });
  expect(asked?.config).toBe('loki.echo "a" { }\n');
  trace('loki.echo "a" {}', { to: "loki.echo.a.receiver", logs });
  expect(asked?.config).toBe('loki.echo "a" {}');
  trace(config, { to: shop, logs });
  expect(asked?.config).toBe(config.toString());
});

test("what the engine refuses is said", () => {
  answer = { error: "loki.process.shop: stage 1: no regexp" };
  expect(() => trace(config, { to: shop, logs })).toThrow("loki.process.shop: stage 1: no regexp");
});

describe("what arrived", () => {
  beforeEach(() => {
    const [before, after] = [{ logs: [{ line: "x" }] }, { logs: [{ line: "y" }] }];
    answer = {
      steps: [
        {
          component: "loki.process.shop",
          stage: { name: "stage.replace", path: [0] },
          in: before,
          out: after,
        },
        { component: "loki.process.shop", in: before, out: after },
        { component: "discovery.relabel.pods", in: { targets: [{ a: "b" }] }, out: { targets: [] } },
      ],
      arrived: [{ at: "loki.write.archive.receiver", ...after }],
    };
  });
  const run = () => trace(config, { to: shop, logs });

  test("at an end", () => {
    expect(run().arrived(archive.receiver).logs).toEqual([{ line: "y" }]);
    expect(run().arrived("loki.write.archive.receiver").logs).toEqual([{ line: "y" }]);
    expect(run().ends).toEqual(["loki.write.archive.receiver"]);
  });

  test("at a component on the way, and what relabeling gives", () => {
    expect(run().arrived(shop.receiver).logs).toEqual([{ line: "x" }]);
    expect(run().arrived(pods.output).targets).toEqual([]);
  });

  test("nowhere else", () => {
    expect(run().arrived(mimir.receiver).samples).toEqual([]);
    expect(run().arrived(tempo.input)).toMatchObject({ records: [], points: [], spans: [] });
  });

  test("is of a kind that comes there", () => {
    // @ts-expect-error a receiver of logs gets no samples
    expect(run().arrived(archive.receiver).samples).toEqual([]);
    // @ts-expect-error nor does one of samples get logs
    expect(run().arrived(mimir.receiver).logs).toEqual([]);
  });
});
