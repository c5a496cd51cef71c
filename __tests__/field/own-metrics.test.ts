import { ownJob, ownSampleBytes, ownSeriesOf } from "../../lib/pipeline/sources/own-metrics";
import { environmentOf } from "../pipeline/pipeline-of";
import { contractOfEnvironment } from "../scripts/contract/contracts";
import { describeWithField, type Series, scrapeEachSecond } from "./field";

jest.setTimeout(400_000);

/** What tells the agent's series of one metric apart, with their values. */
function of(series: readonly Series[], metric: string) {
  return series
    .filter(({ name }) => name === metric)
    .map(({ labels: { job, instance, cluster, namespace, pod, node, ...own }, value }) => ({ own, value }));
}

describeWithField("the agent's own metrics", (field) => {
  test.each([true, false])("come to every destination with host_network: %s", async (hostNetwork) => {
    const [one, other] = await Promise.all(
      ["one", "other"].map((name) => field.destination(`${name} ${hostNetwork}`)),
    );
    const environment = environmentOf({
      host_network: hostNetwork,
      local: { endpoint: one },
      destinations: {
        other: { metricsEndpoint: `${other}/v1/metrics` },
        // It has a second stage, of which nothing is sent that the first tells too.
        guarded: {
          logsEndpoint: "https://guarded.example.com/v1/logs",
          auth: { type: "bearer", secret: "guarded" },
        },
      },
      remote: { label: "east" },
    });
    await field.pod({ namespace: "a", name: `any-${hostNetwork}`, container: "a" });
    await field.write(`any-${hostNetwork}`, 10);
    const toGuarded = (config: string) =>
      scrapeEachSecond(config).replaceAll("https://guarded.example.com", other ?? "");
    await field.agent(environment, { change: toGuarded, secrets: { guarded: { token: "any" } } });
    const expected = ownSeriesOf(environment);
    for (const name of [`one ${hostNetwork}`, `other ${hostNetwork}`]) {
      const series = await field.untilSeries(name, ownJob, ({ length }) => length >= expected);
      expect(series.map(({ name }) => name).toSorted()).toHaveLength(expected);
      for (const { labels } of series) {
        expect(labels).toMatchObject({
          job: "integrations/alloy",
          instance: "node",
          cluster: "east",
          namespace: "monitoring",
          pod: "alloy-x7k2p",
          node: "node",
        });
      }
      expect(of(series, "otelcol_exporter_sent_metric_points_total").map(({ own }) => own)).toEqual(
        expect.arrayContaining([
          { component_id: "otelcol.exporter.otlphttp.local_metrics" },
          { component_id: "otelcol.exporter.otlphttp.other_metrics" },
        ]),
      );
    }
    // What the contract says of the names and labels is what comes.
    const contract = contractOfEnvironment(environment);
    const ofNode = await field.untilSeries(
      `one ${hostNetwork}`,
      "node-exporter",
      ({ length }) => length > 100,
    );
    const own = Object.values((await field.series(`one ${hostNetwork}`, ownJob)).series);
    const others = [...ofNode, ...own].flatMap(({ name, labels }) => {
      const known = new Set(contract.sent.get(name)?.flatMap((metric) => [...metric.labels.keys()]));
      const unknown = Object.keys(labels).filter((label) => !known.has(label));
      return unknown.length === 0 ? [] : [`${name} ${unknown.join()}`];
    });
    expect([...new Set(others)]).toEqual([]);
    const { samples, bytes } = await field.series(`one ${hostNetwork}`, ownJob);
    expect(Math.abs(bytes / samples / ownSampleBytes - 1)).toBeLessThan(0.15);
  });

  test("are all that Alloy counts where that is asked for, each once", async () => {
    const url = await field.destination("all");
    const agent = await field.agentOf(
      { local: { metricsEndpoint: `${url}/v1/metrics` }, own_metrics: "all" },
      { change: scrapeEachSecond },
    );
    const series = await field.untilSeries("all", ownJob, ({ length }) => length > 300);
    expect(
      series.filter(({ labels }) => Object.keys(labels).some((name) => name.startsWith("otel_scope"))),
    ).toEqual([]);
    expect(agent.lines.filter((line) => /duplicate/i.test(line))).toEqual([]);
  });
});
