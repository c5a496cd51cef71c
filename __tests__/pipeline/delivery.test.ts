import { mistakesIn, pipelineOf, type Settings, textOf } from "./pipeline-of";

const signals = ["metrics", "logs"] as const;
type Signal = (typeof signals)[number];

/** Of every queue: samples in small requests, each of which a late one would cost. */
const batch = (signal: Signal, min = signal === "logs" ? "1048576" : "131072") => [
  "\t\tbatch {",
  `\t\t\tmin_size = ${min}`,
  `\t\t\tmax_size = ${signal === "logs" ? "2097152" : "262144"}`,
  '\t\t\tsizer    = "bytes"',
  "\t\t}",
];

/** What a destination's exporters have for its queue, by the signal: samples leave it in their order. */
const queues: Readonly<Record<string, (signal: Signal) => readonly string[]>> = {
  disk: (signal) => [
    "\tsending_queue {",
    ...aligned([
      ...(signal === "metrics" ? ([["num_consumers", "1"]] as const) : []),
      ["queue_size", "1073741824"],
      ...(signal === "logs" ? ([["block_on_overflow", "true"]] as const) : []),
      ["sizer", '"bytes"'],
      ["storage", "otelcol.storage.file.queues.handler"],
    ]),
    "",
    ...batch(signal),
    "\t}",
  ],
  memory: (signal) => [
    "\tsending_queue {",
    ...aligned([
      ...(signal === "metrics" ? ([["num_consumers", "1"]] as const) : []),
      ["queue_size", "33554432"],
      ...(signal === "logs" ? ([["block_on_overflow", "true"]] as const) : []),
      ["sizer", '"bytes"'],
    ]),
    "",
    ...batch(signal),
    "\t}",
  ],
  none: (signal) => [
    "\tsending_queue {",
    ...aligned([
      ...(signal === "metrics" ? ([["num_consumers", "1"]] as const) : []),
      ["queue_size", "1073741824"],
      ["block_on_overflow", "true"],
      ["sizer", '"bytes"'],
      ["wait_for_result", "true"],
    ]),
    "",
    ...batch(signal, "0"),
    "\t}",
  ],
};

/** Settings of retries, and what exporters have for them with a queue and without. */
const retries: readonly {
  readonly retry: Settings;
  readonly queued: readonly string[];
  readonly unqueued: readonly string[];
}[] = [
  { retry: {}, queued: ['max_elapsed_time = "0s"'], unqueued: [] },
  { retry: { enabled: false }, queued: ["enabled = false"], unqueued: ["enabled = false"] },
  {
    retry: { max_elapsed_time: "1h" },
    queued: ['max_elapsed_time = "1h"'],
    unqueued: ['max_elapsed_time = "1h"'],
  },
  {
    retry: { max_elapsed_time: "none" },
    queued: ['max_elapsed_time = "0s"'],
    unqueued: ['max_elapsed_time = "0s"'],
  },
];

const urls: Readonly<Record<string, readonly Signal[]>> = {
  endpoint: signals,
  metricsEndpoint: ["metrics"],
  logsEndpoint: ["logs"],
};

const destinations: Readonly<Record<string, Settings>> = {
  local: {},
  remote: { secret: "s", auth_type: "mtls" },
};

const table = Object.entries(destinations).flatMap(([name, more]) =>
  Object.entries(urls).flatMap(([url, taken]) =>
    Object.keys(queues).flatMap((storage) =>
      retries.flatMap((retry) =>
        [true, false].map((limiter) => ({ name, more, url, taken, storage, retry, limiter })),
      ),
    ),
  ),
);

function aligned(attributes: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...attributes.map(([name]) => name.length));
  return attributes.map(([name, value]) => `\t\t${name.padEnd(width)} = ${value}`);
}

/** Everything from the receivers to the exporters. */
const way = /^otelcol\.(receiver|processor|exporter|storage)\./;

test("there are all combinations", () => {
  expect(table).toHaveLength(2 * 3 * 3 * 4 * 2);
});

describe.each(table.map((row) => [describeRow(row), row] as const))("%s", (_, row) => {
  const { name, more, url, taken, storage, retry, limiter } = row;
  const path = url === "endpoint" ? "" : `/v1/${taken.join()}`;
  const pipeline = pipelineOf({
    [name]: {
      [url]: `https://otlp.example.com${path}`,
      ...more,
      queue: { storage },
      retry: retry.retry,
    },
    memory_limiter: limiter,
  });
  const exporter = (signal: Signal) => `otelcol.exporter.otlphttp.${name}_${signal}`;
  const batch = `otelcol.processor.batch.${name}_metrics`;
  const intake = "otelcol.processor.memory_limiter.intake";
  const cluster = "otelcol.processor.transform.cluster";
  const namespaces = "otelcol.processor.filter.remote_namespaces";
  const filtered = name === "remote" && taken.includes("logs");
  const store = "otelcol.storage.file.queues";

  test("has exactly these components and edges", () => {
    const edges = (signal: Signal): readonly (readonly string[])[] => {
      const metricProcessing = ["otelcol.receiver.prometheus.metrics", ...(limiter ? [intake] : [])];
      const logProcessing = [
        "otelcol.receiver.loki.pods",
        "otelcol.processor.batch.pods",
        "otelcol.processor.groupbyattrs.pods",
        "otelcol.processor.transform.pod_log_attributes",
        "otelcol.processor.resourcedetection.environment",
        "otelcol.processor.transform.aistore_severity",
        "otelcol.processor.filter.noise",
      ];
      const path = [
        ...(signal === "metrics" ? metricProcessing : logProcessing),
        cluster,
        ...(signal === "logs" && filtered ? [namespaces] : []),
        ...(storage === "none" && signal === "metrics" ? [batch] : []),
        exporter(signal),
      ];
      return path.slice(1).map((to, index) => [path[index] ?? "", to]);
    };
    const expected = [
      ...taken.flatMap(edges),
      ...(storage === "disk" ? taken.map((signal) => [store, exporter(signal)]) : []),
      // The remote has a certificate, which may come late.
      ...(name === "remote"
        ? [["otelcol.receiver.otlp.remote", "otelcol.exporter.otlphttp.remote_send"]]
        : []),
      // What the agent counts of itself passes the limiter by.
      ...(limiter && taken.includes("metrics") ? [["otelcol.receiver.prometheus.alloy", cluster]] : []),
    ].map(([from, to]) => `${from} > ${to}`);
    // Data goes to what is referred to; a handler is given by it.
    const found = pipeline.edges
      .filter(({ from, to }) => way.test(from.address) && way.test(to.address))
      .map(({ from, to }) =>
        to.address === store ? `${to.address} > ${from.address}` : `${from.address} > ${to.address}`,
      );
    expect(new Set(found)).toEqual(new Set(expected));
    const used = new Set(expected.flatMap((edge) => edge.split(" > ")));
    expect(
      pipeline.components
        .map(({ address }) => address)
        .filter((address) => way.test(address))
        .toSorted(),
    ).toEqual([...used].toSorted());
    expect(mistakesIn(pipeline)).toEqual([]);
  });

  test("keeps and repeats what it is told to", () => {
    const words = storage === "none" ? retry.unqueued : retry.queued;
    for (const signal of taken) {
      const text = textOf(pipeline, exporter(signal));
      const blocks = [
        ...(queues[storage]?.(signal) ?? []),
        ...(words.length === 0
          ? []
          : ["", "\tretry_on_failure {", ...words.map((word) => `\t\t${word}`), "\t}"]),
        "}",
      ];
      expect(text.endsWith(blocks.join("\n"))).toBe(true);
    }
  });

  test("needs a preview for the disk alone", () => {
    const levels = pipeline.requirements.flatMap(({ component, requirement }) =>
      requirement.kind === "stability" && requirement.level !== "generally-available" ? [component] : [],
    );
    expect(levels).toEqual(storage === "disk" ? [store] : []);
  });
});

function describeRow({ name, url, storage, retry, limiter }: (typeof table)[number]): string {
  return `${name}.${url}, queue ${storage}, retry ${JSON.stringify(retry.retry)}, limiter ${limiter}`;
}

describe("a full queue of logs", () => {
  const remote = { endpoint: "https://otlp.example.com", secret: "s", auth_type: "mtls" };
  const waits = (settings: Settings, exporter: string) =>
    textOf(pipelineOf(settings), `otelcol.exporter.otlphttp.${exporter}`).includes(
      "block_on_overflow = true",
    );
  const local = { endpoint: "http://otlp.example.com" };

  test.each([
    [{ local }, "local_logs", true],
    [{ local, remote }, "local_logs", false],
    [{ local, remote }, "remote_logs", false],
    [{ local: { metricsEndpoint: "http://a.example.com/v1/metrics" }, remote }, "remote_logs", true],
    [{ local, remote: { ...remote, queue: { when_full: "wait" } } }, "remote_logs", true],
    [{ local, remote: { ...remote, queue: { when_full: "wait" } } }, "local_logs", false],
    [{ local: { ...local, queue: { when_full: "drop" } } }, "local_logs", false],
  ])("%j: %s waits: %s", (settings, exporter, expected) => {
    expect(waits(settings, exporter)).toBe(expected);
  });

  test("never holds metrics up", () => {
    for (const when_full of ["wait", "drop"]) {
      expect(waits({ local: { ...local, queue: { when_full } } }, "local_metrics")).toBe(false);
    }
  });
});

test("queues on disk share one storage, which gives its room back", () => {
  const onDisk = { queue: { storage: "disk" } };
  const pipeline = pipelineOf({
    local: { endpoint: "http://otlp.example.com", ...onDisk },
    remote: { endpoint: "https://otlp.example.com", secret: "s", auth_type: "mtls", ...onDisk },
  });
  expect(textOf(pipeline, "otelcol.storage.file.queues")).toBe(
    [
      'otelcol.storage.file "queues" {',
      "\tcompaction {",
      "\t\ton_rebound       = true",
      "\t\tcleanup_on_start = true",
      "\t}",
      "}",
    ].join("\n"),
  );
});
