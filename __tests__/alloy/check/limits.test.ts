import { LocalFile } from "../../../imports/alloy/local";
import { LokiEcho, LokiProcess } from "../../../imports/alloy/loki";
import { LokiSourceApi, LokiSourceFile } from "../../../imports/alloy/loki.source";
import { OtelcolExporterDatadog, OtelcolExporterKafka } from "../../../imports/alloy/otelcol.exporter";
import { OtelcolReceiverOtlp } from "../../../imports/alloy/otelcol.receiver";
import { PrometheusRemoteWrite, PrometheusScrape } from "../../../imports/alloy/prometheus";
import { type AlloyConfig, array, configMapLimit, Foreach, sys } from "../../../lib/alloy";
import { readSchema } from "../../../scripts/generate-alloy/schema";
import { mistakesIn, newConfig } from "../new-config";

/** Components of all stability levels, the last one through a function. */
function build(config: AlloyConfig): AlloyConfig {
  const files = array.groupBy([], "job", false);
  const echo = new LokiEcho(config, "x").receiver;
  new Foreach(config, "files", { collection: files, var: "each" }, (scope) => {
    new LokiSourceApi(scope, "inside", { forwardTo: [echo] });
  });
  new LokiSourceFile(config, "all", { targets: array.combineMaps([], [], ["a"]), forwardTo: [echo] });
  return config;
}

describe("the stability level of a config", () => {
  const levels = new Map(readSchema().components.map(({ name, stability }) => [name, stability]));

  test("is the strictest that all components allow", () => {
    const config = newConfig();
    expect(config.stability).toBe("generally-available");
    new LocalFile(config, "a", { filename: "/a" });
    expect(levels.get("local.file")).toBe("generally-available");
    expect(config.stability).toBe("generally-available");
    new OtelcolExporterKafka(config, "a", { protocolVersion: "2.0.0" });
    expect(config.stability).toBe(levels.get("otelcol.exporter.kafka"));
    build(config);
    expect(config.stability).toBe("experimental");
  });

  test("may be that of the agent or stricter", () => {
    expect(mistakesIn(build(newConfig({ stability: "experimental" })))).toEqual([]);
    expect(mistakesIn(build(newConfig()))).toEqual([]);
  });

  const said = "is experimental; run Alloy with --stability.level=experimental";

  test.each(["generally-available", "public-preview"] as const)(
    "may not be laxer than %s: each component and function that is says so",
    (stability) => {
      expect(mistakesIn(build(newConfig({ stability })))).toEqual([
        `config: foreach.files: foreach ${said}`,
        `config: foreach.files: collection: array.group_by ${said}`,
        `config: loki.source.file.all: targets: array.combine_maps ${said}`,
      ]);
    },
  );

  test("holds inside of a foreach too", () => {
    const config = newConfig({ stability: "generally-available" });
    new Foreach(config, "x", { collection: [1], var: "each" }, (scope) => {
      const echo = new LokiEcho(scope, "x").receiver;
      new LokiSourceFile(scope, "x", { targets: array.combineMaps([], [], ["a"]), forwardTo: [echo] });
    });
    expect(mistakesIn(config)).toContainEqual(
      expect.stringContaining(`foreach.x/loki.source.file.x: targets: array.combine_maps ${said}`),
    );
  });
});

describe("a community component", () => {
  function datadog(config: AlloyConfig) {
    const { input } = new OtelcolExporterDatadog(config, "x", { api: { apiKey: sys.env("KEY") } });
    new OtelcolReceiverOtlp(config, "x", { grpc: {}, output: { traces: [input] } });
    return mistakesIn(config);
  }

  test("must be allowed, whatever the stability level", () => {
    expect(datadog(newConfig({ stability: "experimental" }))).toEqual([
      "config: otelcol.exporter.datadog.x: otelcol.exporter.datadog is a community component; run Alloy with --feature.community-components.enabled, and say so by communityComponents: true",
    ]);
  });

  test("needs no stability level", () => {
    expect(datadog(newConfig({ communityComponents: true, stability: "generally-available" }))).toEqual([]);
  });
});

describe("a config in a ConfigMap", () => {
  /** A config of about so many bytes; `é` has two. */
  function ofBytes(bytes: number) {
    const config = newConfig();
    const { receiver } = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
    new PrometheusScrape(config, "x", {
      targets: [{ __address__: "é".repeat(bytes / 2) }],
      forwardTo: [receiver],
    });
    return config;
  }

  test("may take a million bytes", () => {
    expect(mistakesIn(ofBytes(999_000))).toEqual([]);
  });

  test("may take no more, and its size is told", () => {
    const config = ofBytes(1_000_000);
    const size = Buffer.byteLength(config.toString());
    expect(configMapLimit).toBe(2 ** 20);
    expect(mistakesIn(config)).toEqual([
      `config: the config takes ${size} bytes: a ConfigMap holds 1048576 in all, of which 48576 are for others`,
    ]);
  });
});

test("a regexp that RE2 doesn't know is a mistake wherever a regexp is taken", () => {
  const config = newConfig();
  const echo = new LokiEcho(config, "x").receiver;
  const { receiver } = new LokiProcess(config, "x", {
    forwardTo: [echo],
    stage: [
      { regex: { expression: "(?=a)" } },
      { match: { selector: `{a="b"}`, stage: [{ drop: { expression: "(?=b)" } }] } },
    ],
  });
  new LokiSourceApi(config, "x", { forwardTo: [receiver] });
  expect(mistakesIn(config)).toEqual([
    'config: loki.process.x: stage[0].regex.expression: "(?=a)" has a lookaround, which RE2 doesn\'t have',
    'config: loki.process.x: stage[1].match.stage[0].drop.expression: "(?=b)" has a lookaround, which RE2 doesn\'t have',
  ]);
});
