import { createHash } from "node:crypto";
import { ownJob } from "../../lib/pipeline/sources/own-metrics";
import { manifestsOf } from "../fleet/fleet";
import { environmentOf } from "../pipeline/pipeline-of";
import { describeWithField, type Field, type Series, scrapeEachSecond } from "./field";

jest.setTimeout(400_000);

/** What a destination of metrics has of one of the agent's own, by what tells its series apart. */
async function own(field: Field, at: string, metric: string, isThere: (found: readonly Series[]) => boolean) {
  const of = (all: readonly Series[]) => all.filter(({ name }) => name === metric);
  const series = of(await field.untilSeries(at, ownJob, (all) => isThere(of(all))));
  return series.map(({ labels: { job, instance, cluster, namespace, pod, node, ...own }, value }) => ({
    own,
    value,
  }));
}

const exporter = (label: string) => `otelcol.exporter.otlphttp.${label}`;

/** Sends what wants https to a destination of the field. */
const toGuarded = (url: string) => (config: string) =>
  scrapeEachSecond(config).replaceAll("https://guarded.example.com", url);

describeWithField("what alerts read", (field) => {
  test("counts what is refused for good, by the exporter that sends, with or without a second stage", async () => {
    await field.pod({ namespace: "a", name: "refused", container: "a" });
    await field.write("refused", 100);
    const watch = await field.destination("watch-refused");
    const open = await field.destination("open", { status: 400 });
    const guarded = await field.destination("guarded", { status: 401 });
    await field.agentOf(
      {
        local: { metricsEndpoint: `${watch}/v1/metrics` },
        destinations: {
          open: { logsEndpoint: `${open}/v1/logs` },
          guarded: { endpoint: "https://guarded.example.com", auth: { type: "bearer", secret: "guarded" } },
        },
      },
      { change: toGuarded(guarded), secrets: { guarded: { token: "wrong" } } },
    );
    const metric = "otelcol_exporter_send_failed_log_records_total";
    const failed = await own(field, "watch-refused", metric, ({ length }) => length >= 3);
    expect(failed.map(({ own }) => own)).toEqual(
      expect.arrayContaining([
        { component_id: exporter("open_logs"), error_permanent: "true", error_type: "InvalidArgument" },
        { component_id: exporter("guarded_send"), error_permanent: "true", error_type: "Unauthenticated" },
      ]),
    );
  });

  test("tells a queue that fills, what is dropped when it is full, and that nothing is sent", async () => {
    await field.pod({ namespace: "a", name: "busy", container: "a" });
    const watch = await field.destination("watch-away");
    const away = await field.destination("away", { status: 503 });
    const queue = { storage: "memory", size: "16Mi", when_full: "drop" };
    await field.agentOf(
      {
        local: { metricsEndpoint: `${watch}/v1/metrics` },
        destinations: { away: { logsEndpoint: `${away}/v1/logs`, queue } },
      },
      { change: scrapeEachSecond },
    );
    for (let batch = 0; batch < 10; batch++) await field.write("busy", 2000, 2000);
    const logs = { component_id: exporter("away_logs") };
    const dropped = await own(
      field,
      "watch-away",
      "otelcol_exporter_enqueue_failed_log_records_total",
      ({ length }) => length > 0,
    );
    expect(dropped).toEqual([{ own: logs, value: expect.any(Number) }]);
    const [size] = (
      await own(field, "watch-away", "otelcol_exporter_queue_size", ({ length }) => length > 1)
    ).filter(({ own }) => own.component_id === logs.component_id);
    const [capacity] = (await own(field, "watch-away", "otelcol_exporter_queue_capacity", () => true)).filter(
      ({ own }) => own.component_id === logs.component_id,
    );
    expect(size?.own).toEqual({ ...logs, data_type: "logs" });
    expect(capacity).toEqual({ own: { ...logs, data_type: "logs" }, value: 16 * 2 ** 20 });
    expect((size?.value ?? 0) / (capacity?.value ?? 1)).toBeGreaterThan(0.9);
    const sent = await own(field, "watch-away", "otelcol_exporter_sent_log_records_total", () => true);
    expect(sent.filter(({ own }) => own.component_id === logs.component_id)).toEqual([]);
  });

  test("tells a full queue that logs wait for, of which none is dropped", async () => {
    await field.pod({ namespace: "a", name: "waiting", container: "a" });
    const watch = await field.destination("watch-waiting");
    const away = await field.destination("nobody", { status: 503 });
    const queue = { storage: "memory", size: "16Mi", when_full: "wait" };
    await field.agentOf(
      {
        local: { metricsEndpoint: `${watch}/v1/metrics` },
        destinations: { waits: { logsEndpoint: `${away}/v1/logs`, queue } },
      },
      { change: scrapeEachSecond },
    );
    for (let batch = 0; batch < 10; batch++) await field.write("waiting", 2000, 2000);
    const isFull = ({ labels, value }: Series) =>
      labels.component_id === exporter("waits_logs") && value > 0.95 * 16 * 2 ** 20;
    const sizes = await own(field, "watch-waiting", "otelcol_exporter_queue_size", (all) => all.some(isFull));
    expect(sizes).toContainEqual({
      own: { component_id: exporter("waits_logs"), data_type: "logs" },
      value: expect.any(Number),
    });
    expect(Math.max(...sizes.map(({ value }) => value))).toBeGreaterThan(0.95 * 16 * 2 ** 20);
    const failed = "otelcol_exporter_enqueue_failed_log_records_total";
    expect((await own(field, "watch-waiting", failed, () => true)).filter(({ value }) => value > 0)).toEqual(
      [],
    );
  });

  test("tells what nobody takes where there is no queue", async () => {
    await field.pod({ namespace: "a", name: "bare", container: "a" });
    await field.write("bare", 1000);
    const watch = await field.destination("watch-bare");
    const away = await field.destination("no-one", { status: 503 });
    await field.agentOf(
      {
        local: { metricsEndpoint: `${watch}/v1/metrics` },
        destinations: { bare: { logsEndpoint: `${away}/v1/logs`, queue: { storage: "none" } } },
      },
      { change: scrapeEachSecond },
    );
    const isWaiting = ({ labels, value }: Series) =>
      labels.component_id === exporter("bare_logs") && value > 0;
    const sizes = await own(field, "watch-bare", "otelcol_exporter_queue_size", (all) => all.some(isWaiting));
    expect(sizes.filter(({ value }) => value > 0).map(({ own }) => own)).toContainEqual({
      component_id: exporter("bare_logs"),
      data_type: "logs",
    });
  });

  test("tells what is refused for want of memory, and comes all the same", async () => {
    const watch = await field.destination("watch-memory");
    await field.agentOf(
      { local: { metricsEndpoint: `${watch}/v1/metrics` } },
      {
        change: (config) =>
          scrapeEachSecond(config).replace(
            /\tlimit( +)= "\d+MiB"\n\tspike_limit( +)= "\d+MiB"/,
            '\tlimit$1= "2MiB"\n\tspike_limit$2= "1MiB"',
          ),
      },
    );
    const refused = await own(
      field,
      "watch-memory",
      "otelcol_processor_refused_metric_points_total",
      ({ length }) => length > 0,
    );
    expect(refused).toEqual([
      { own: { component_id: "otelcol.processor.memory_limiter.intake" }, value: expect.any(Number) },
    ]);
  });

  test("tells the bytes of the configuration that synth knows, and of one that isn't taken too", async () => {
    const watch = await field.destination("watch-config");
    const environment = environmentOf({ local: { metricsEndpoint: `${watch}/v1/metrics` } });
    const agent = await field.agent(environment);
    const found = (metric: string, isThere: (found: readonly Series[]) => boolean) =>
      own(field, "watch-config", metric, isThere);

    const { config } = agent;
    const [hash] = await found("alloy_config_hash", ({ length }) => length > 0);
    const rules = manifestsOf([environment]).get(environment.name)?.get("alerts.rules") ?? "";
    expect(rules).toContain(`sha256!="${hash?.own.sha256}"`);
    expect(await found("alloy_config_last_load_successful", () => true)).toEqual([{ own: {}, value: 1 }]);

    // Alloy takes a load for successful once the file is parsed, whatever becomes of its components.
    for (const [more, isTaken] of [
      ["otelcol.exporter {", 0],
      ['nothing.of.that.name "x" {}', 1],
    ] as const) {
      const other = `${agent.config}\n${more}\n`;
      agent.writeConfig(other);
      await agent.reload();
      expect(await agent.metric("alloy_config_last_load_successful")).toBe(isTaken);
      const sha256 = createHash("sha256").update(other).digest("hex");
      expect((await agent.metricLines("alloy_config_hash")).join()).toContain(`sha256="${sha256}"`);
      agent.writeConfig(config);
    }
  });
});
