import { formatDiagnostic } from "../../../lib/environment";
import { diagnosticsOf, environmentOf, least } from "../reading";
import { alone, beside, outside } from "./deliveries";

const remote = ["remote:", "  endpoint: https://otlp.example.com", "  secret: a", "  auth_type: mtls"];
const logsHere = [
  "container_runtime: crio",
  "local:",
  "  logsEndpoint: http://loki.example.com/otlp/v1/logs",
];
const metricsHere = [
  "container_runtime: crio",
  "local:",
  "  metricsEndpoint: http://a.example.com/v1/metrics",
];

/** How each destination of an environment gets its data. */
function deliveries(...lines: readonly string[]) {
  return environmentOf(...lines).destinations.map(({ name, queue, retry }) => ({
    name,
    queue,
    ...(retry && { retry }),
  }));
}

describe("by default", () => {
  test.each([
    ["one inside", least, [{ name: "local", ...alone }]],
    [
      "both",
      [...least, ...remote],
      [
        { name: "local", ...beside },
        { name: "remote", ...outside },
      ],
    ],
    [
      "metrics inside, both outside",
      [...metricsHere, ...remote],
      [
        { name: "local", ...beside },
        { name: "remote", ...outside, queue: { ...outside.queue, logsWait: true } },
      ],
    ],
    ["logs inside alone", logsHere, [{ name: "local", ...alone }]],
  ])("%s", (_, lines, expected) => {
    expect(deliveries(...lines)).toEqual(expected);
  });

  test.each([
    [["stability: public-preview"], "disk"],
    [["stability: experimental"], "disk"],
    [["stability: generally-available"], "memory"],
    [["storage: {path: none}"], "memory"],
    [["storage: {path: /mnt/a}"], "disk"],
  ])("with %j the remote's queue is on %s", (lines, storage) => {
    expect(deliveries(...least, ...remote, ...lines)[1]?.queue.storage).toBe(storage);
  });
});

describe("what is set", () => {
  const queueOf = (...lines: readonly string[]) =>
    deliveries(...least, "  queue:", ...lines.map((line) => `    ${line}`))[0]?.queue;
  const retryOf = (...lines: readonly string[]) => deliveries(...least, ...lines)[0]?.retry;

  test.each([
    [["storage: none"], { storage: "none" }],
    [["storage: disk"], { storage: "disk", size: 2 ** 30, logsWait: true }],
    [["storage: memory", "size: 64Mi"], { storage: "memory", size: 64 * 2 ** 20, logsWait: true }],
    [["size: 100M", "when_full: drop"], { storage: "memory", size: 100_000_000, logsWait: false }],
    [["size: 0.0625Gi"], { storage: "memory", size: 2 ** 26, logsWait: true }],
    [["when_full: wait"], { storage: "memory", size: 32 * 2 ** 20, logsWait: true }],
  ])("queue %j", (lines, queue) => {
    expect(queueOf(...lines)).toEqual(queue);
  });

  test.each([
    [["  retry: {enabled: false}"], undefined],
    [["  retry: {enabled: true}"], { maxElapsedTime: "0s" }],
    [["  retry: {max_elapsed_time: none}"], { maxElapsedTime: "0s" }],
    [["  retry: {max_elapsed_time: 0s}"], { maxElapsedTime: "0s" }],
    [["  retry: {max_elapsed_time: 1h30m}"], { maxElapsedTime: "1h30m" }],
    [["  queue: {storage: none}"], { maxElapsedTime: "5m" }],
    [["  queue: {storage: none}", "  retry: {max_elapsed_time: none}"], { maxElapsedTime: "0s" }],
  ])("%j", (lines, retry) => {
    expect(retryOf(...lines)).toEqual(retry);
  });

  test.each([
    ["storage: {path: /mnt/data/alloy}", "/mnt/data/alloy"],
    ["storage: {path: none}", undefined],
    ["storage: {path: }", "/var/lib/aistore-alloy/monitoring"],
  ])("%s", (line, path) => {
    expect(environmentOf(...least, line).storagePath).toBe(path);
  });

  test("memory_limiter", () => {
    expect(environmentOf(...least, "memory_limiter: false").memoryLimiter).toBe(false);
    expect(environmentOf(...least, "memory_limiter:").memoryLimiter).toBe(true);
  });
});

describe("mistakes", () => {
  const noSize =
    "is no size that a queue can have; write a number of bytes with a unit, from 16Mi to 4Pi, such as 512Mi";
  const tooLong = "is more than 292 years, which Alloy can't count; write less, or none for no limit";
  const noTime = "is no duration; write a number with h, m or s, such as 30m, or none for no limit";

  test.each([
    ["size: 15Mi", "size: 16Mi", `x.yaml:5:5: local.queue.size: ${noSize}`],
    ["size: 8Ei", "size: 64Mi", `x.yaml:5:5: local.queue.size: ${noSize}`],
    ["size: 16777216.5", "size: 16777217", `x.yaml:5:5: local.queue.size: ${noSize}`],
    ["size: 100MB", "size: 100M", "x.yaml:5:5: local.queue.size: is no size; write 100Mi"],
    [
      "size: lots",
      "size: 64Mi",
      "x.yaml:5:5: local.queue.size: is no size; write a number of bytes with a unit, from 16Mi to 4Pi, such as 512Mi",
    ],
    [
      "storage: dsik",
      "storage: disk",
      'x.yaml:5:5: local.queue.storage: must be disk, memory or none, is "dsik"; write disk',
    ],
    [
      "when_full: block",
      "when_full: wait",
      'x.yaml:5:5: local.queue.when_full: must be wait or drop, is "block"; write one of them',
    ],
    [
      "bytes: 1Gi",
      "size: 64Mi",
      "x.yaml:5:5: local.queue.bytes: is no setting; write storage, size or when_full",
    ],
  ])("queue: %s, beside %s", (bad, good, message) => {
    expect(diagnosticsOf(...least, "  queue:", `    ${bad}`)).toEqual([message]);
    expect(diagnosticsOf(...least, "  queue:", `    ${good}`)).toEqual([]);
  });

  test.each([
    ["max_elapsed_time: 5", "max_elapsed_time: 5s", "is no duration; write 5s"],
    ["max_elapsed_time: 1d", "max_elapsed_time: 24h", "is no duration; write 24h"],
    ["max_elapsed_time: 5 m", "max_elapsed_time: 5m", "is no duration; write 5m"],
    ["max_elapsed_time: -5m", "max_elapsed_time: 0s", noTime],
    ["max_elapsed_time: forever", "max_elapsed_time: none", noTime],
    // Go, and so Alloy, holds nanoseconds in 64 bits.
    ["max_elapsed_time: 2562048h", "max_elapsed_time: 2562047h", tooLong],
    ["max_elapsed_time: 2562047h48m", "max_elapsed_time: 2562047h47m16s", tooLong],
    ["max_elapsed_time: 9223372037s", "max_elapsed_time: 9223372036s", tooLong],
  ])("retry: %s, beside %s", (bad, good, message) => {
    expect(diagnosticsOf(...least, "  retry:", `    ${bad}`)).toEqual([
      `x.yaml:5:5: local.retry.max_elapsed_time: ${message}`,
    ]);
    expect(diagnosticsOf(...least, "  retry:", `    ${good}`)).toEqual([]);
  });

  test.each([
    [
      ["  queue: {storage: none, size: 1Gi}"],
      ["  queue: {storage: memory, size: 64Mi}"],
      "x.yaml:4:26: local.queue.size: has no effect with storage: none; remove it, or write another storage",
    ],
    [
      ["  queue: {storage: none, when_full: wait}"],
      ["  queue: {storage: disk, when_full: wait}"],
      "x.yaml:4:26: local.queue.when_full: has no effect with storage: none; remove it, or write another storage",
    ],
    [
      ["  retry: {enabled: false, max_elapsed_time: 5m}"],
      ["  retry: {enabled: true, max_elapsed_time: 5m}"],
      "x.yaml:4:27: local.retry.max_elapsed_time: has no effect with enabled: false; remove it, or enable retries",
    ],
    [
      ["  queue: {storage: disk}", "stability: generally-available"],
      ["  queue: {storage: disk}", "stability: public-preview"],
      "x.yaml:4:11: local.queue.storage: is disk, which is a public preview; write memory, or stability: public-preview",
    ],
    [
      ["  queue: {storage: disk}", "storage: {path: none}"],
      ["  queue: {storage: memory}", "storage: {path: none}"],
      "x.yaml:4:11: local.queue.storage: is disk, and storage.path is none; write memory, or a storage.path",
    ],
    [
      ["stability: stable"],
      ["stability: experimental"],
      'x.yaml:4:1: stability: must be generally-available, public-preview or experimental, is "stable"; write one of them',
    ],
    [
      ["memory_limiter: none"],
      ["memory_limiter: false"],
      "x.yaml:4:1: memory_limiter: must be true or false, is a string; write true or false",
    ],
  ])("%j, beside %j", (bad, good, message) => {
    expect(diagnosticsOf(...least, ...bad)).toEqual([message]);
    expect(diagnosticsOf(...least, ...good)).toEqual([]);
  });

  test("are those of any destination", () => {
    const named = ["destinations:", "  a:", "    endpoint: https://a.example.com"];
    expect(
      diagnosticsOf(
        ...least,
        ...named,
        "    queue: {storage: disk}",
        "    retry: {max_elapsed_time: 1d}",
        "stability: generally-available",
      ),
    ).toEqual([
      "x.yaml:7:13: destinations.a.queue.storage: is disk, which is a public preview; write memory, or stability: public-preview",
      "x.yaml:8:13: destinations.a.retry.max_elapsed_time: is no duration; write 24h",
    ]);
  });

  test("are all reported in one run", () => {
    const wrong = [
      "  queue: {storage: disk, size: 1}",
      "stability: generally-available",
      "storage: {path: a}",
    ];
    expect(diagnosticsOf("container_runtime: podman", ...least.slice(1), ...wrong)).toHaveLength(4);
  });
});

describe("notices", () => {
  const noticesOf = (...lines: readonly string[]) => environmentOf(...lines).notices.map(formatDiagnostic);
  const preview = "stability: generally-available";

  test("tell what a stability level costs", () => {
    expect(noticesOf(preview, ...least, ...remote)).toEqual([
      "x.yaml:1:1: stability: generally-available has no queue on disk: that of remote is in memory, 32Mi for each signal, and lost when the agent ends; write public-preview to keep it",
    ]);
    expect(noticesOf(preview, ...least, ...remote, "  queue: {size: 64Mi}")).toEqual([
      expect.stringContaining("that of remote is in memory, 64Mi for each signal,"),
    ]);
  });

  test.each([
    [[...least, ...remote]],
    [[...least, ...remote, "stability: public-preview"]],
    [[...least, preview]],
    [[...least, ...remote, "  queue: {storage: memory}", preview]],
    [[...least, ...remote, "  queue: {storage: none}", preview]],
    [[...least, ...remote, preview, "storage: {path: none}"]],
  ])("are none for %j, which costs nothing that was not asked for", (lines) => {
    expect(noticesOf(...lines)).toEqual([]);
  });
});
