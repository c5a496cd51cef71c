import { type Block, type Delivering, describeWithEngines, type Json } from "../engines/engines";
import { pipelineOf, type Settings } from "./pipeline-of";

const alloysOwn = { num_consumers: 10, batch: { sizer: "items", min_size: 2000, max_size: 3000 } };

describeWithEngines("an exporter's queue", (engines) => {
  /** The queue of a destination's exporter, in the collector's terms. */
  async function queueOf(
    signal: "metrics" | "logs",
    queue: Settings,
  ): Promise<{ readonly [key: string]: Json }> {
    const pipeline = pipelineOf({
      local: { endpoint: "http://otlp.monitoring.svc:4318", queue },
      resources: { limits: { memory: "8Gi" } },
    });
    const config = await engines.evaluate(pipeline.toString());
    if (!config.ok) throw new Error(config.error);
    const exporter = config.value.blocks.find(
      ({ name, label }) => name === "otelcol.exporter.otlphttp" && label === `local_${signal}`,
    );
    const block = exporter?.blocks.find(({ name }) => name === "sending_queue");
    if (block === undefined) throw new Error(`local_${signal} has no queue`);
    return settingsOf(block);
  }

  async function deliver(delivering: Delivering) {
    const answer = await engines.deliver(delivering);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  }

  describe("of metrics, after an outage of a Prometheus", () => {
    const outage = {
      signal: "metrics",
      requests: 100,
      records: 1000,
      receiver: { away_ms: 500, in_order: true },
      ms: 20_000,
    } as const;

    test.each(["memory", "none"])("in %s loses no sample", async (storage) => {
      const queue = await queueOf("metrics", { storage });
      const { sent, delivered, refused } = await deliver({ ...outage, queue });
      expect({ sent, delivered, refused }).toEqual({ sent: 100_000, delivered: 100_000, refused: 0 });
    });

    test("as Alloy has it by itself loses some", async () => {
      const queue = { ...(await queueOf("metrics", {})), ...alloysOwn };
      expect((await deliver({ ...outage, queue })).refused).toBeGreaterThan(0);
    });
  });

  describe("of logs, before a receiver that takes 4 MiB", () => {
    const flood = {
      signal: "logs",
      requests: 20,
      records: 3000,
      bytes: 2500,
      receiver: { away_ms: 300, max_bytes: 4 * 2 ** 20 },
      ms: 20_000,
    } as const;

    test("delivers all, in requests of 2 MiB at most", async () => {
      const queue = await queueOf("logs", { size: "512Mi" });
      const { delivered, largest } = await deliver({ ...flood, queue });
      expect(delivered).toBe(60_000);
      expect(largest).toBeLessThanOrEqual(2 * 2 ** 20);
      expect(largest).toBeGreaterThan(2 ** 20);
    });

    test("as Alloy has it by itself delivers nothing", async () => {
      const queue = { ...(await queueOf("logs", { size: "512Mi" })), ...alloysOwn };
      expect((await deliver({ ...flood, queue, ms: 2000 })).delivered).toBe(0);
    });

    test("without a queue delivers all too", async () => {
      const queue = await queueOf("logs", { storage: "none" });
      const { delivered, largest } = await deliver({ ...flood, requests: 4, queue });
      expect(delivered).toBe(12_000);
      expect(largest).toBeLessThanOrEqual(2 * 2 ** 20);
    });

    test("drops a line that is larger than any request, and what came with it: so none is let in", async () => {
      const queue = await queueOf("logs", { size: "512Mi" });
      const odd = { ...flood, requests: 1, records: 300, bytes: 200, queue, ms: 1500 };
      expect((await deliver({ ...odd, oversized: 3 * 2 ** 20 })).delivered).toBeLessThan(299);
      expect((await deliver({ ...odd, oversized: 2 ** 20 })).delivered).toBe(300);
    });
  });
});

function settingsOf({ attributes, blocks }: Block): { readonly [key: string]: Json } {
  return Object.fromEntries([
    ...attributes.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    ...blocks.map((block) => [block.name, settingsOf(block)] as const),
  ]);
}
