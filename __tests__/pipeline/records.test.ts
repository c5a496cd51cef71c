import { aistoreSeverity, isAistoreLog, noise } from "../../lib/pipeline/processing/log-processing";
import { describeWithEngines, type TelemetryRecord } from "../engines/engines";
import { local, pipelineOf } from "./pipeline-of";

describeWithEngines("log records", (engines) => {
  async function transformed(
    statements: readonly string[],
    record: TelemetryRecord,
    conditions?: readonly string[],
  ) {
    const answer = await engines.runOttl({ context: "log", statements, conditions, records: [record] });
    if (!answer.ok) throw new Error(answer.error);
    return answer.value[0];
  }

  const ais = { "k8s.namespace.name": "ais", "service.name": "ais" };
  test.each([
    ["I 10:00:00 x", 9, "INFO"],
    ["  W 10:00:00 x", 13, "WARN"],
    ["\tE 10:00:00 x", 17, "ERROR"],
    ["E", 17, "ERROR"],
    ["I: x", 9, "INFO"],
    ["W[x]", 13, "WARN"],
    [" \t E-x", 17, "ERROR"],
  ])("of AIStore that begin %j have severity %d", async (body, number, text) => {
    const conditions = [isAistoreLog([{ namespace: "ais", name: "ais" }])];
    expect(await transformed(aistoreSeverity, { resource: ais, body }, conditions)).toMatchObject({
      severity_number: number,
      severity_text: text,
    });
  });

  test.each([
    ["Internal error", ais],
    ["I_x", ais],
    ["E2 x", ais],
    ["\nI 10:00:00 x", ais],
    ["x I 10:00:00", ais],
    ["D 10:00:00 x", ais],
    ["I 10:00:00 x", { ...ais, "k8s.namespace.name": "other" }],
    ["I 10:00:00 x", { ...ais, "service.name": "other" }],
  ])("%j of %j has none", async (body, resource) => {
    const conditions = [isAistoreLog([{ namespace: "ais", name: "ais" }])];
    const record = await transformed(aistoreSeverity, { resource, body }, conditions);
    expect(record?.severity_number ?? 0).toBe(0);
    expect(record?.severity_text ?? "").toBe("");
  });

  test("that were written before a time are dropped, to the nanosecond, and no others", async () => {
    const pipeline = pipelineOf({ local, sources: { logs: { since: "2026-03-31T12:00:00Z" } } });
    const config = await engines.evaluate(pipeline.toString());
    if (!config.ok) throw new Error(config.error);
    const filter = config.value.blocks.find(
      ({ name, label }) => `${name}.${label}` === "otelcol.processor.filter.noise",
    );
    const conditions = filter?.blocks.flatMap(({ attributes }) =>
      attributes.flatMap(({ name, strings }) => (name === "log_record" ? strings : [])),
    );
    expect(conditions).toHaveLength(1 + noise.length);
    const answer = await engines.matchOttl({
      context: "log",
      conditions: conditions ?? [],
      records: [
        "2020-01-01T00:00:00Z",
        "2026-03-31T11:59:59.999999999Z",
        "2026-03-31T12:00:00Z",
        "2026-03-31T12:00:00.000000001Z",
        "2100-01-01T00:00:00Z",
      ].map((time) => ({ body: "x", time })),
    });
    expect(answer).toMatchObject({ ok: true, value: [true, true, false, false, false] });
  });

  test("of CoreDNS that tell of a glob pattern are dropped, all others stay", async () => {
    const coredns = { "k8s.namespace.name": "kube-system", "k8s.container.name": "coredns" };
    const body = "[WARNING] No files matching import glob pattern: /etc/coredns/custom/*.server";
    expect(
      await engines.matchOttl({
        context: "log",
        conditions: noise,
        records: [
          { resource: coredns, body },
          { resource: coredns, body: "[ERROR] plugin/errors: 2 example.com. A: timeout" },
          { resource: { ...coredns, "k8s.namespace.name": "ais" }, body },
        ],
      }),
    ).toEqual({ ok: true, value: [true, false, false] });
  });

  test("go to the remote from four namespaces only", async () => {
    const remote = { logsEndpoint: "https://otlp.example.com/v1/logs", secret: "s", scope: "s" };
    const answer = await engines.evaluate(pipelineOf({ local, remote }).toString());
    const filter = answer.ok
      ? answer.value.blocks.find(({ label }) => label === "remote_namespaces")
      : undefined;
    const conditions = filter?.blocks[0]?.attributes[0]?.strings ?? [];
    const namespaces = ["ais", "kube-system", "monitoring", "ais-operator-system", "default", "ais-2"];
    const records = [...namespaces.map((name) => ({ resource: { "k8s.namespace.name": name } })), {}];
    expect(await engines.matchOttl({ context: "log", conditions, records })).toEqual({
      ok: true,
      value: [false, false, false, false, true, true, true],
    });
  });
});

describeWithEngines("metrics", (engines) => {
  test("have the cluster's label on resource and data point, whatever characters it has", async () => {
    for (const label of ["east", 'a "quoted" \\one', "$HOME {{ x }} `", "line\nbreak", "ünï€ 😀"]) {
      const answer = await engines.evaluate(pipelineOf({ local, remote: { label } }).toString());
      const cluster = answer.ok ? answer.value.blocks.find((block) => block.label === "cluster") : undefined;
      const [onResource, onDataPoint] = cluster?.blocks ?? [];
      const run = { signal: "metric", records: [{ name: "up", value: 1 }] } as const;
      const statements = (block: typeof onResource) =>
        block?.attributes.find(({ name }) => name === "statements")?.strings ?? [];
      expect(
        await engines.runOttl({ ...run, context: "resource", statements: statements(onResource) }),
      ).toMatchObject({ ok: true, value: [{ resource: { cluster: label } }] });
      expect(
        await engines.runOttl({ ...run, context: "datapoint", statements: statements(onDataPoint) }),
      ).toMatchObject({ ok: true, value: [{ attributes: { cluster: label } }] });
    }
  });
});
