import { describeWithEngines, type TelemetryRecord } from "../engines/engines";
import { logProcessors, type ResourceVariable } from "./log-chain";
import { agent, local, pipelineOf, textOf } from "./pipeline-of";

/** The labels of a container's log, and what the receiver and the source add to them. */
const aisTarget = {
  namespace: "ais",
  pod: "ais-target-0",
  container: "ais-node",
  image: "aistorage/aisnode:v4",
  controller_kind: "StatefulSet",
  controller_name: "ais-target",
  component: "target",
  node: "node-1",
  service_name: "ais",
  instance: "ais/ais-target-0:ais-node",
  job: "loki.source.kubernetes.pods",
};

const resourceOfAisTarget = {
  "k8s.namespace.name": "ais",
  "service.namespace": "ais",
  "k8s.pod.name": "ais-target-0",
  "k8s.container.name": "ais-node",
  "k8s.container.image": "aistorage/aisnode:v4",
  "k8s.statefulset.name": "ais-target",
  component: "target",
  "host.name": "node-1",
  "service.name": "ais",
  "service.instance.id": "ais/ais-target-0:ais-node",
};

type Labels = Readonly<Record<string, string>>;

function line(labels: Labels, body: string, order = Object.keys(labels)): TelemetryRecord {
  return { attributes: { ...labels, "loki.attribute.labels": order.join(",") }, body };
}

describeWithEngines("log records that passed the pipeline", (engines) => {
  async function passed(records: readonly TelemetryRecord[], variable: ResourceVariable = {}) {
    const config = await engines.evaluate(pipelineOf({ local }).toString());
    if (!config.ok) throw new Error(config.error);
    const answer = await engines.chain(logProcessors(config.value, variable), records);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  }

  test("have what Kubernetes knows of them as resource attributes, and nothing of it in their own", async () => {
    expect(await passed([line(aisTarget, "I 10:00:00 x\n")])).toEqual([
      {
        resource: resourceOfAisTarget,
        attributes: {},
        body: "I 10:00:00 x",
        severity_number: 9,
        severity_text: "INFO",
      },
    ]);
  });

  test.each([
    ["ReplicaSet", "k8s.replicaset.name"],
    ["Deployment", "k8s.deployment.name"],
    ["StatefulSet", "k8s.statefulset.name"],
    ["DaemonSet", "k8s.daemonset.name"],
    ["CronJob", "k8s.cronjob.name"],
    ["Job", "k8s.job.name"],
  ])("of a %s have its name as %s", async (controller_kind, attribute) => {
    const [record] = await passed([line({ pod: "p", controller_kind, controller_name: "x", job: "j" }, "b")]);
    expect(record).toMatchObject({ resource: { "k8s.pod.name": "p", [attribute]: "x" }, attributes: {} });
  });

  test("of another controller keep its kind and name", async () => {
    const controller = { controller_kind: "Rollout", controller_name: "x" };
    const [record] = await passed([line({ pod: "p", ...controller, job: "j" }, "b")]);
    expect(record).toEqual({ resource: { "k8s.pod.name": "p" }, attributes: controller, body: "b" });
  });

  test("of a static pod, and of a pod with few labels, have no more than is known", async () => {
    const mirror = { namespace: "kube-system", pod: "etcd-a", controller_kind: "Node", controller_name: "a" };
    expect(await passed([line(mirror, "a"), line({ pod: "p" }, "b")])).toEqual([
      {
        resource: {
          "k8s.namespace.name": "kube-system",
          "service.namespace": "kube-system",
          "k8s.pod.name": "etcd-a",
        },
        attributes: { controller_kind: "Node", controller_name: "a" },
        body: "a",
      },
      { resource: { "k8s.pod.name": "p" }, attributes: {}, body: "b" },
    ]);
  });

  test.each([
    ["line\n", "line"],
    ["two\nlines\n", "two\nlines"],
    ["one of two\n\n", "one of two\n"],
    ["no newline", "no newline"],
    ["", ""],
  ])("with the body %j get %j", async (body, trimmed) => {
    expect((await passed([line({ pod: "p" }, body)]))[0]?.body ?? "").toBe(trimmed);
  });

  test.each([
    ["a".repeat(2 ** 20), "a".repeat(2 ** 20)],
    ["a".repeat(2 ** 20 + 1), `${"a".repeat(2 ** 20)} [cut at 1 MiB]`],
    ["a".repeat(5 * 2 ** 20), `${"a".repeat(2 ** 20)} [cut at 1 MiB]`],
    // A character of four bytes, of which two are on this side.
    [`${"a".repeat(2 ** 20 - 2)}😀b`, `${"a".repeat(2 ** 20 - 2)} [cut at 1 MiB]`],
  ])("of more than 1 MiB are cut between characters, and say so (%#)", async (body, expected) => {
    const [record] = await passed([line({ pod: "p" }, body)]);
    expect(record?.body === expected).toBe(true);
  });

  test("keep their order in each container, and their container's attributes, however they are mixed", async () => {
    const containers = [0, 1, 2].map((index) => ({ ...aisTarget, pod: `ais-target-${index}` }));
    const order = Object.keys(aisTarget).toReversed();
    const lines = Array.from({ length: 700 }, (_, index) =>
      line(containers[index % 3] ?? {}, `${index}`, index % 2 === 0 ? order : undefined),
    );
    const records = await passed(lines);
    for (const [index, { pod }] of containers.entries()) {
      const own = records.filter(({ resource }) => resource?.["k8s.pod.name"] === pod);
      expect(own.map(({ body }) => body)).toEqual(
        Array.from({ length: 700 }, (_, at) => `${at}`).filter((_, at) => at % 3 === index),
      );
      for (const { resource, attributes } of own) {
        expect(resource).toEqual({ ...resourceOfAisTarget, "k8s.pod.name": pod });
        expect(attributes).toEqual({});
      }
    }
    expect(records).toHaveLength(700);
  });

  test("have a variable's resource attributes, which take no label's place", async () => {
    const variable = {
      // Named as labels are, and as what they become.
      namespace: "variable",
      pod: "variable",
      controller_kind: "variable",
      component: "variable",
      "k8s.pod.name": "variable",
      "deployment.environment": "lab",
    };
    const { "k8s.pod.name": _, component: __, ...added } = variable;
    expect(await passed([line(aisTarget, "a")], variable)).toMatchObject([
      { resource: { ...resourceOfAisTarget, ...added }, attributes: {} },
    ]);
    expect(await passed([line({ node: "n" }, "b")], variable)).toEqual([
      { resource: { ...variable, "host.name": "n" }, attributes: {}, body: "b" },
    ]);
  });
});

describe("the agent's own log", () => {
  const own = textOf(pipelineOf({ local }), "loki.process.own");

  test("is limited in the container that the agent runs in, and in no other", () => {
    expect(own).toContain(`selector = \`{namespace="${agent.namespace}", container="${agent.name}"} |~ `);
    expect(own.match(/stage\.match/g)).toHaveLength(1);
  });

  // As Alloy v1.18.1 and the Collector v0.153.0 write them.
  const exporter = "component_path=/ component_id=otelcol.exporter.otlphttp.local_logs";
  test.each([
    `level=error msg="Exporting failed. Rejecting data." ${exporter} error="sending queue is full" rejected_items=300`,
    `level=error msg="Exporting failed. Dropping data." ${exporter} error="not retryable error" dropped_items=2`,
    `level=info msg="Exporting failed. Will retry the request after interval." ${exporter} interval=5s`,
    `level=warn msg="Partial success response" ${exporter} dropped_log_records=1`,
    `level=warn msg="Failed to split request." ${exporter} error="one log record size is greater than max size"`,
    `level=warn msg="Sender failed" component_path=/ component_id=otelcol.processor.batch.pods error="x"`,
    `level=error msg="failed to consume log entries" component_path=/ component_id=otelcol.receiver.loki.pods err="x"`,
    `level=error msg="Scrape commit failed" component_path=/ component_id=prometheus.scrape.node err="x"`,
    `level=warn msg="Memory usage is above soft limit. Refusing data." component_path=/ component_id=otelcol.processor.memory_limiter.intake cur_mem_mib=700`,
    `level=info msg="Memory usage after GC." component_path=/ component_id=otelcol.processor.memory_limiter.intake cur_mem_mib=700`,
  ])("counts ts=… %s", (text) => {
    expect(limited(own).test(`ts=2026-11-25T02:00:00Z ${text}`)).toBe(true);
  });

  test.each([
    `level=info msg="opened log stream" target=ais/p:c component_path=/ component_id=loki.source.kubernetes.pods`,
    `level=info msg="finished node evaluation" node_id=otelcol.exporter.otlphttp.local_logs duration=1ms`,
    `level=error msg="failed to reload config" err="x"`,
  ])("does not count ts=… %s", (text) => {
    expect(limited(own).test(`ts=2026-11-25T02:00:00Z ${text}`)).toBe(false);
  });

  test("says six things of each component at once, then one every 20 seconds, and has no label by it", () => {
    expect(own).toContain(
      [
        "\t\tstage.limit {",
        "\t\t\trate                = 0.05",
        "\t\t\tburst               = 6",
        "\t\t\tdrop                = true",
        '\t\t\tby_label_name       = "component_id"',
        "\t\t\tmax_distinct_labels = 10000",
        "\t\t}",
        "",
        "\t\tstage.label_drop {",
        '\t\t\tvalues = ["component_id"]',
        "\t\t}",
      ].join("\n"),
    );
  });
});

function limited(own: string): RegExp {
  const [, pattern = "(?!)"] = /\|~ "(.+)"`/.exec(own) ?? [];
  return new RegExp(pattern);
}
