import { describeWithTrace } from "./trace";

/** Sends lines of a pod's log through `loki.process "p"` and on to `loki.write "w"`. */
const processed = (stages: string) => `
loki.process "p" {
  forward_to = [loki.write.w.receiver]
  ${stages}
}
loki.write "w" {
  endpoint {
    url = "http://loki"
  }
}`;

describeWithTrace("the engine's trace", (trace) => {
  const at = "2026-01-02T03:04:05Z";

  test("has each stage's step, with what was extracted so far, and what arrived", async () => {
    const config = processed(
      'stage.json { expressions = { level = "" } }\nstage.labels { values = { level = "" } }',
    );
    const logs = [{ line: '{"level":"warn"}', labels: { pod: "a" }, timestamp: at }];

    const { steps, arrived, errors } = await trace({
      config,
      inputs: [{ to: "loki.process.p.receiver", logs }],
    });

    expect(errors).toEqual([]);
    expect(steps.map(({ component, stage }) => [component, stage])).toEqual([
      ["loki.process.p", undefined],
      ["loki.process.p", { name: "stage.json", path: [0] }],
      ["loki.process.p", { name: "stage.labels", path: [1] }],
    ]);
    expect(steps[1]?.in.logs?.[0]?.extracted).toEqual({ pod: "a" });
    expect(steps[1]?.out.logs?.[0]?.extracted).toEqual({ pod: "a", level: "warn" });
    expect(arrived).toEqual([
      {
        input: 0,
        at: "loki.write.w.receiver",
        logs: [{ line: '{"level":"warn"}', labels: { pod: "a", level: "warn" }, timestamp: at }],
      },
    ]);
  });

  test("says why a stage drops a line", async () => {
    const config = processed(
      'stage.drop {\n expression = "debug"\n drop_counter_reason = "too_much"\n}\nstage.labels { values = { a = "" } }',
    );
    const logs = [{ line: "debug: a" }, { line: "info: b" }];

    const { steps, arrived } = await trace({ config, inputs: [{ to: "loki.process.p.receiver", logs }] });

    expect(steps[1]).toMatchObject({ stage: { name: "stage.drop", path: [0] }, dropped: { too_much: 1 } });
    expect(arrived.map(({ logs }) => logs?.map(({ line }) => line))).toEqual([["info: b"]]);
  });

  test("shows the stages within a match, of those that match", async () => {
    const config = processed(
      'stage.match {\n selector = "{pod=\\"a\\"} |= \\"x\\""\n stage.static_labels { values = { found = "yes" } }\n}',
    );
    const logs = [
      { line: "x", labels: { pod: "a" } },
      { line: "y", labels: { pod: "a" } },
    ];

    const { steps, arrived } = await trace({ config, inputs: [{ to: "loki.process.p.receiver", logs }] });

    expect(steps.map(({ stage }) => stage?.path)).toEqual([undefined, [0], [0, 0]]);
    expect(steps[2]?.in.logs).toHaveLength(1);
    expect(arrived[0]?.logs?.map(({ line, labels }) => [line, labels.found]).sort()).toEqual([
      ["x", "yes"],
      ["y", undefined],
    ]);
  });

  test("gives what waits for more lines at the end", async () => {
    const config = processed('stage.multiline { firstline = "^at" }');
    const logs = [{ line: "at 1" }, { line: " more" }];

    const { arrived } = await trace({ config, inputs: [{ to: "loki.process.p.receiver", logs }] });

    expect(arrived[0]?.logs?.map(({ line }) => line)).toEqual(["at 1\n more"]);
  });

  test("runs targets through relabeling, to the component that reads them", async () => {
    const config = `
discovery.kubernetes "pods" { role = "pod" }
discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    regex         = "a.*"
    action        = "keep"
  }
  rule {
    target_label = "node"
    replacement  = coalesce(sys.env("HOSTNAME"), constants.hostname)
  }
}
loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = []
}`;
    const targets = [{ __meta_kubernetes_pod_name: "a-1" }, { __meta_kubernetes_pod_name: "b-1" }];

    const { steps, arrived } = await trace({
      config,
      environment: { HOSTNAME: "n1" },
      inputs: [{ to: "discovery.kubernetes.pods", targets }],
    });

    expect(steps.map(({ stage, out }) => [stage?.name, out.targets?.length])).toEqual([
      [undefined, 1],
      ["rule", 1],
      ["rule", 1],
    ]);
    expect(arrived).toEqual([
      {
        input: 0,
        at: "loki.source.kubernetes.pods.targets",
        targets: [{ __meta_kubernetes_pod_name: "a-1", node: "n1" }],
      },
    ]);
  });

  test("names what it doesn't run, and passes nothing on in silence", async () => {
    const config = `
loki.source.file "f" {
  targets    = []
  forward_to = [loki.enrich.e.receiver]
}
loki.enrich "e" {
  targets    = []
  forward_to = [loki.write.w.receiver]
}
loki.write "w" { }`;

    const { arrived } = await trace({
      config,
      inputs: [{ to: "loki.source.file.f", logs: [{ line: "x" }] }],
    });

    expect(arrived.map(({ at, not_run }) => [at, not_run])).toEqual([["loki.enrich.e.receiver", true]]);
  });

  test.each([
    ["loki.enrich.e.receiver", true],
    ["loki.write.w.receiver", undefined],
  ])("has what is sent to %s arrive there", async (to, isNotRun) => {
    const config = `
loki.enrich "e" {
  targets    = []
  forward_to = [loki.write.w.receiver]
}
loki.write "w" { }`;

    const { arrived } = await trace({ config, inputs: [{ to, logs: [{ line: "x" }] }] });

    expect(arrived.map(({ at, not_run }) => [at, not_run])).toEqual([[to, isNotRun]]);
  });

  test("reads files as they are given, and never those of the machine", async () => {
    const config = `
local.file "label" { filename = "/etc/hostname" }
${processed("stage.static_labels { values = { file = local.file.label.content } }")}`;
    const inputs = [{ to: "loki.process.p.receiver", logs: [{ line: "x" }] }];

    const [given, absent] = [
      await trace({ config, inputs, files: { "/etc/hostname": "given" } }),
      await trace({ config, inputs }),
    ];

    expect(given.arrived[0]?.logs?.[0]?.labels).toEqual({ file: "given" });
    expect(absent.arrived[0]?.logs?.[0]?.labels).toEqual({});
  });

  test.each([
    ["no Alloy", "a {", "a {", "config.alloy:1:4"],
    ["no such component", processed(""), "loki.process.q.receiver", "the configuration has no component"],
    ["no such stage", processed("stage.nope { }"), "loki.process.p.receiver", "nope"],
    [
      "a wrong stage",
      processed('stage.regex { expression = "(" }'),
      "loki.process.p.receiver",
      "loki.process.p: ",
    ],
  ])("refuses %s", async (_, config, to, reason) => {
    await expect(trace({ config, inputs: [{ to, logs: [{ line: "x" }] }] })).rejects.toThrow(reason);
  });
});
