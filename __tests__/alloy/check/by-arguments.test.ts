import { LocalFile } from "../../../imports/alloy/local";
import { OtelcolExporterLoadbalancing, OtelcolExporterOtlp } from "../../../imports/alloy/otelcol.exporter";
import {
  OtelcolReceiverGooglecloudpubsub,
  OtelcolReceiverOtlp,
} from "../../../imports/alloy/otelcol.receiver";
import { PrometheusRemoteWrite, PrometheusScrape } from "../../../imports/alloy/prometheus";
import { RemoteKubernetesConfigmap, RemoteKubernetesSecret } from "../../../imports/alloy/remote.kubernetes";
import { type AlloyConfig, type AlloyConfigProps, type Expression, entry } from "../../../lib/alloy";
import { mistakesIn, newConfig } from "../new-config";

/** What is wrong with a job that is named by a value. */
function naming(name: (config: AlloyConfig) => Expression<string>): readonly string[] {
  const config = newConfig();
  const { receiver } = new PrometheusRemoteWrite(config, "x", { endpoint: [{ url: "http://x" }] });
  new PrometheusScrape(config, "x", { targets: [], forwardTo: [receiver], jobName: name(config) });
  return mistakesIn(config);
}

describe("an optional secret", () => {
  test("is a string as long as no argument has it be a secret", () => {
    const file = (isSecret?: boolean) =>
      naming((config) => new LocalFile(config, "x", { filename: "/x", isSecret }).content);
    expect(file()).toEqual([]);
    expect(file(false)).toEqual([]);
    expect(file(true)).toEqual([
      expect.stringContaining("jobName: local.file.x.content is a secret, which can't become a string"),
    ]);
  });

  test("is a string in a ConfigMap, and a secret in a Secret", () => {
    const object = { namespace: "a", name: "b" };
    expect(
      naming((config) => entry(new RemoteKubernetesConfigmap(config, "x", object).data, "name")),
    ).toEqual([]);
    expect(
      // @ts-expect-error what a Secret holds is secret
      naming((config) => entry(new RemoteKubernetesSecret(config, "x", object).data, "name")),
    ).toEqual([expect.stringContaining("is a secret, which can't become a string")]);
  });
});

describe("a balancing exporter", () => {
  function balanced(signal: "metrics" | "traces", routingKey?: string, props?: AlloyConfigProps) {
    const config = newConfig(props);
    const { input } = new OtelcolExporterLoadbalancing(config, "x", {
      protocol: { otlp: { client: {} } },
      resolver: { static: { hostnames: ["a:4317"] } },
      routingKey,
    });
    new OtelcolReceiverOtlp(config, "x", { grpc: {}, output: { [signal]: [input] } });
    return mistakesIn(config);
  }

  const takesNo = (signal: string) => [
    expect.stringContaining(`otelcol.exporter.loadbalancing.x takes no ${signal}: they are dropped`),
  ];

  test.each([
    ["traces", undefined, []],
    ["metrics", undefined, takesNo("metrics")],
    ["traces", "traceID", []],
    ["metrics", "service", []],
    ["traces", "service", []],
    ["metrics", "metric", []],
    ["traces", "metric", takesNo("traces")],
  ] as const)("takes %s by %s or not", (signal, key, said) => {
    expect(balanced(signal, key)).toEqual(said);
  });

  test("takes metrics at the level experimental alone", () => {
    expect(balanced("metrics", "service", { stability: "experimental" })).toEqual([]);
    expect(balanced("metrics", "service", { stability: "public-preview" })).toEqual(takesNo("metrics"));
  });
});

test("a receiver of Pub/Sub has data of its own", () => {
  const config = newConfig({ communityComponents: true });
  const { input } = new OtelcolExporterOtlp(config, "x", { client: { endpoint: "a:4317" } });
  new OtelcolReceiverGooglecloudpubsub(config, "x", { subscription: "a", output: { logs: [input] } });
  expect(mistakesIn(config)).toEqual([]);
});
