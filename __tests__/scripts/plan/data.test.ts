import { agent, onNode, type PodParts, saidOf } from "./objects";

const data = (before: string, after: string, old: PodParts = onNode(), present: PodParts = old) =>
  saidOf("Data at risk", agent(before, old), agent(after, present));

const storage = 'otelcol.storage.file "queues" { }\n';
const exporter = (name: string, queue: string, endpoint = "a") =>
  `otelcol.exporter.otlphttp "${name}" {\n  client { endpoint = "${endpoint}" }\n  sending_queue {\n${queue}\n  }\n}\n`;
const disk = "storage = otelcol.storage.file.queues.handler";
const onDisk = storage + exporter("x", disk);
const queueFolder = "/var/lib/alloy/otelcol.storage.file.queues";
const restart: PodParts = { ...onNode(), container: { image: "alloy:v2" } };

describe("a queue on disk", () => {
  const unread = (names: string, reason: string) =>
    `! nothing reads the queues on disk of otelcol.exporter.otlphttp ${names} any more, as these ${reason}: what waits there is not sent, and the files stay in ${queueFolder}; let them run empty first (otelcol_exporter_queue_size)`;

  test("outlives a change of what it is sent to, and a restart", () => {
    expect(data(onDisk, storage + exporter("x", disk, "b"))).toEqual([]);
    expect(data(onDisk, onDisk, onNode(), restart)).toEqual([]);
  });

  test.each([
    ["whose exporter has another name", storage + exporter("y", disk), "have new names"],
    ["whose exporter is gone", storage, "are gone"],
    [
      "whose exporter keeps it in memory from now on",
      storage + exporter("x", "queue_size = 10"),
      "have their queues elsewhere",
    ],
    [
      "whose storage has another name",
      `otelcol.storage.file "other" { }\n${exporter("x", "storage = otelcol.storage.file.other.handler")}`,
      "have their queues elsewhere",
    ],
  ])("%s is read no more", (_, after, reason) => {
    expect(data(onDisk, after)).toEqual([unread("x", reason)]);
  });

  test("is told with those that share its fate", () => {
    const two = onDisk + exporter("z", disk, "c");
    expect(data(two, storage)).toEqual([unread("x, z", "are gone")]);
  });

  test("is read no more where the storage path is another", () => {
    const lost = (place: string) => [
      `! ${place}: nothing reads /var/lib/alloy any more, which stays on each node`,
      "! what waits there is not sent (otelcol.exporter.otlphttp x): let the queues run empty first (otelcol_exporter_queue_size)",
    ];
    expect(data(onDisk, onDisk, onNode(), onNode("/mnt"))).toEqual(
      lost("the new pods keep their data in /mnt"),
    );
    expect(data(onDisk, onDisk, onNode(), {})).toEqual(lost("the new pods keep nothing on the node"));
  });

  test("is found where the path in the container is another, and the node's the same", () => {
    const elsewhere: PodParts = {
      args: ["--storage.path=/other"],
      volumes: [{ name: "storage", hostPath: { path: "/var/lib/alloy" } }],
      mounts: [{ name: "storage", mountPath: "/other" }],
    };
    expect(data(onDisk, onDisk, onNode(), elsewhere)).toEqual([]);
    const below: PodParts = {
      args: ["--storage.path=/host/lib/alloy"],
      volumes: [{ name: "host", hostPath: { path: "/var" } }],
      mounts: [{ name: "host", mountPath: "/host" }],
    };
    expect(data(onDisk, onDisk, onNode(), below)).toEqual([]);
  });
});

describe("a queue in memory", () => {
  const inMemory = exporter("x", "queue_size = 10");

  test("is sent once more where the pod ends", () => {
    expect(data(inMemory, inMemory, onNode(), restart)).toEqual([
      "! what waits in memory (otelcol.exporter.otlphttp x) is sent once more as an agent ends, and lost if it isn't taken",
    ]);
  });

  test("is lost where a reload makes its exporter anew, and only there", () => {
    expect(data(inMemory, exporter("x", "queue_size = 20"))).toEqual([
      "! what waits in memory (otelcol.exporter.otlphttp x) is lost, as the reload makes its exporter anew",
    ]);
    expect(data(inMemory, `${inMemory}logging { level = "warn" }\n`)).toEqual([]);
  });

  test.each(["enabled = false", "wait_for_result = true"])("with %s is none", (queue) => {
    expect(data(exporter("x", queue), exporter("x", queue), onNode(), restart)).toEqual([]);
  });
});

describe("a full queue", () => {
  const waits = exporter("x", `${disk}\n    block_on_overflow = true`);

  test("that drops what waited is told, and one that waits is not", () => {
    expect(data(storage + waits, onDisk)).toContain(
      "! where the queue is full (otelcol.exporter.otlphttp x), new data is dropped from now on: it waited",
    );
    expect(data(onDisk, storage + waits)).toEqual([]);
  });

  test("holds up a reload of what is before it", () => {
    const chain = (level: string) =>
      `${storage}${waits}otelcol.processor.batch "b" {\n  timeout = "${level}"\n  output { logs = [otelcol.exporter.otlphttp.x.input] }\n}\n`;
    const hang =
      "  where logs wait for a full queue (otelcol.exporter.otlphttp x), the reload waits too: restart the agents then";
    expect(data(chain("1s"), chain("2s"))).toEqual([hang]);
    expect(data(chain("1s"), chain("2s"), onNode(), restart)).toEqual([]);
    expect(data(chain("1s"), `${chain("1s")}logging { level = "warn" }\n`)).toEqual([]);
  });
});

describe("logs", () => {
  const source = (name: string, rule = "", targets = "discovery.relabel.pods.output") =>
    `discovery.kubernetes "pods" { role = "pod" }\ndiscovery.relabel "pods" {\n  targets = discovery.kubernetes.pods.targets\n${rule}\n}\nloki.source.kubernetes "${name}" {\n  targets = ${targets}\n  forward_to = []\n}\n`;
  const rule = '  rule {\n    target_label = "a"\n    replacement = "b"\n  }';

  test("are read again where their source has another name", () => {
    expect(data(source("x"), source("y"))).toEqual([
      "! how far logs are read was kept by loki.source.kubernetes.x (loki.source.kubernetes.y now): they are read again from the first line that the node has, and come twice",
    ]);
  });

  test("are read again where they get other labels", () => {
    expect(data(source("x"), source("x", rule))).toEqual([
      "! where discovery.relabel.pods gives a log other labels, it is read again from its first line, as loki.source.kubernetes.x keeps how far it has read under them",
    ]);
  });

  test.each(["drop", "keep"])(
    "go on where a rule comes or goes that may %s them, and gives no labels",
    (action) => {
      const choice = `  rule {\n    source_labels = ["__meta_kubernetes_namespace"]\n    regex = "a"\n    action = "${action}"\n  }`;
      expect(data(source("x"), source("x", choice))).toEqual([]);
      expect(data(source("x", choice), source("x"))).toEqual([]);
      expect(data(source("x", choice), source("x", rule))).toHaveLength(1);
    },
  );

  test("go on where something else changes, and in a new pod that has the node's folder", () => {
    expect(
      data(source("x"), source("x").replace("forward_to = []", "forward_to = [loki.write.a.receiver]")),
    ).toEqual([]);
    expect(data(source("x"), source("x"), onNode(), restart)).toEqual([]);
  });

  test("are read again in each new pod that keeps nothing on the node", () => {
    const again = [
      "! the new pods read the logs again from the first line that the node has, as the old ones keep nothing on it",
    ];
    expect(data(source("x"), source("x"), {}, { container: { image: "alloy:v2" } })).toEqual(again);
    expect(data(source("x"), source("x"), {}, onNode())).toEqual(again);
    expect(data(source("x"), `${source("x")}logging { }\n`, {})).toEqual([]);
  });

  test("are read again where the storage path is another", () => {
    expect(data(source("x"), source("x"), onNode(), onNode("/mnt"))).toContain(
      "! logs are read again from the first line that the node has, and come twice",
    );
  });
});

test("where a config can't be read, what becomes of its data isn't known", () => {
  expect(data(onDisk, "this is { no config")).toEqual([
    "! one of the two configs can't be read: what becomes of queues and of positions in logs isn't known",
  ]);
});
