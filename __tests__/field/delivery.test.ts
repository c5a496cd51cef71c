import type { Settings } from "../pipeline/pipeline-of";
import { pause } from "./agent";
import { describeWithField, scrapeEachSecond } from "./field";

jest.setTimeout(400_000);

const mebibyte = 2 ** 20;

/** An environment with one destination for logs. */
function logsTo(url: string, queue: Settings): Settings {
  return { local: { logsEndpoint: `${url}/v1/logs`, queue } };
}

describeWithField("metrics", (field) => {
  test("come in order after an outage: a receiver with Prometheus' rule refuses none", async () => {
    const url = await field.destination("prometheus", { status: 503 });
    const agent = await field.agentOf(
      { local: { metricsEndpoint: `${url}/v1/metrics`, queue: { storage: "disk" } } },
      { change: scrapeEachSecond },
    );
    await field.until("prometheus", ({ answers }) => (answers["503"] ?? 0) > 0);
    await pause(20_000);

    await field.destination("prometheus", { inOrder: true });
    const { samples, refused } = await field.until("prometheus", ({ samples }) => samples > 20_000);

    expect({ refused, manyWaited: samples > 10_000 }).toEqual({ refused: 0, manyWaited: true });
    expect(await agent.metric("otelcol_exporter_send_failed_metric_points_total")).toBe(0);
  });

  test("of a restart in an outage are refused by some requests of 256 KiB alone", async () => {
    const url = await field.destination("restarted", { status: 503 });
    const agent = await field.agentOf(
      { local: { metricsEndpoint: `${url}/v1/metrics`, queue: { storage: "disk" } } },
      { change: scrapeEachSecond },
    );
    await field.until("restarted", ({ answers }) => (answers["503"] ?? 0) > 0);
    await pause(40_000);
    await agent.stop("SIGTERM");
    await agent.start();
    await pause(10_000);

    await field.destination("restarted", { inOrder: true });
    const received = await field.until("restarted", ({ samples }) => samples > 25_000);

    expect(received.largest).toBeLessThanOrEqual(mebibyte / 4);
    expect(received.refused).toBeLessThan(6000);
    expect(received.samples).toBeGreaterThan(10_000);
  });
});

describeWithField("logs", (field) => {
  test("in long lines come in requests that Loki's 4 MiB take, all of them", async () => {
    await field.pod({ namespace: "a", name: "long", container: "a" });
    await field.write("long", 12_000, 5000);
    const url = await field.destination("loki", { maxBytes: 4 * mebibyte });
    await field.agentOf(logsTo(url, { storage: "disk" }));

    const received = await field.until("loki", ({ distinct }) => distinct.long === 12_000);

    expect(received).toMatchObject({ distinct: { long: 12_000 }, answers: { 200: expect.any(Number) } });
    expect(received.largest).toBeLessThanOrEqual(2 * mebibyte);
    expect(Object.keys(received.answers)).toEqual(["200"]);
  });

  test("that wait on disk outlive an end of the agent, and come once the destination is back", async () => {
    await field.pod({ namespace: "a", name: "outage", container: "a" });
    const url = await field.destination("away", { status: 503 });
    const agent = await field.agentOf(logsTo(url, { storage: "disk" }));
    await field.write("outage", 20_000);
    await field.until("away", ({ answers }) => (answers["503"] ?? 0) > 1);

    // Within the grace period.
    expect(await agent.stop("SIGTERM")).toBeDefined();
    await field.write("outage", 1000);
    await agent.start();
    await field.destination("away", {});
    const { distinct, records } = await field.until("away", ({ distinct }) => distinct.outage === 21_000);

    // Alloy counts a line as read when its source hands it on: the one that is handed on at the end can be lost.
    expect(distinct.outage).toBeGreaterThanOrEqual(20_999);
    expect(records.outage).toBeLessThanOrEqual(21_010);
  });

  test("that are under way at SIGKILL are lost for a fraction of a second at most", async () => {
    await field.pod({ namespace: "a", name: "killed", container: "a" });
    const url = await field.destination("kept");
    const agent = await field.agentOf(logsTo(url, { storage: "disk" }));
    for (let tenth = 0; tenth < 120; tenth++) {
      await field.write("killed", 100);
      await pause(100);
    }
    await agent.stop("SIGKILL");
    await agent.start();
    await field.write("killed", 1000);
    const { distinct } = await field.until("kept", (received) => received.distinct.killed === 13_000);

    expect(distinct.killed).toBeGreaterThanOrEqual(12_700);
  });
});

describeWithField("the agent's own log", (field) => {
  test("is no more than 60 lines a minute at a healthy destination while another's queue is full", async () => {
    await field.pod({ namespace: "monitoring", name: "alloy", container: "alloy" });
    await field.pod({ namespace: "a", name: "busy", container: "a" });
    const healthy = await field.destination("healthy");
    const full = await field.destination("full", { status: 503 });
    await field.agentOf(
      {
        ...logsTo(healthy, { storage: "disk" }),
        destinations: {
          full: {
            logsEndpoint: `${full}/v1/logs`,
            queue: { storage: "disk", size: "16Mi", when_full: "drop" },
          },
        },
      },
      { ownLog: true },
    );
    const write = async (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        await field.write("busy", 1000, 2000);
        await pause(1000);
      }
    };
    await write(20);
    const before = (await field.received("healthy")).records.alloy ?? 0;
    const started = Date.now();
    await write(30);
    const { records, distinct } = await field.until(
      "healthy",
      (received) => received.distinct.busy === 50_000,
    );

    expect(distinct.busy).toBe(50_000);
    const seconds = (Date.now() - started) / 1000;
    expect((records.alloy ?? 0) - before).toBeLessThanOrEqual(seconds);
  });
});
