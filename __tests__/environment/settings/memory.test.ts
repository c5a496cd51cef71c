import { memoryLimit, neededMemory } from "../../../lib/environment/settings/resources";
import { fleet } from "../../fleet/fleet";
import { diagnosticsOf, environmentOf, least } from "../reading";

const mebibyte = 2 ** 20;
const limit = (memory: string) => `resources: {limits: {memory: ${memory}}, requests: {memory: none}}`;
const queue = (size: string) => `  queue: {storage: memory, size: ${size}}`;
const onDisk = "  queue: {storage: disk}";

describe("the agent's memory limit", () => {
  test.each<[string, readonly string[], number | undefined]>([
    ["by default", [], 1024 * mebibyte],
    ["as it is set", [limit("512Mi")], 512 * mebibyte],
    ["none", [limit("none")], undefined],
  ])("%s", (_, lines, bytes) => {
    const environment = environmentOf(...least, ...lines);
    expect(environment.memoryLimit).toBe(bytes);
    // Without a limit, nothing claims to keep one.
    expect(environment.memoryLimiter).toBe(bytes !== undefined);
  });

  test("is what Alloy lives on, at least", () => {
    const says = (key: string) =>
      `x.yaml:5:${key}: is less than the 180Mi that Alloy lives on; write that much`;
    const disk = [...least, onDisk];
    expect(diagnosticsOf(...disk, limit("179Mi"))).toEqual([says("22: resources.limits.memory")]);
    expect(diagnosticsOf(...disk, limit("180Mi"))).toEqual([]);
  });

  const two = [...least, queue("1Gi")];
  const says = (needed: string, held: string) =>
    `is less than the ${needed} that the agent needs: its queues in memory hold ${held} in all, and take two and a half times that; write that much, or less for the queues`;

  test("has room for all queues in memory together, of each destination and signal", () => {
    // By default the limit is 1Gi.
    expect(diagnosticsOf(...two)).toEqual([
      "x.yaml:4:28: local.queue.size: is more than there is memory for: the agent needs 7970Mi, as its queues in memory hold 2048Mi in all, and take two and a half times that; write less, or resources.limits.memory: 7970Mi",
    ]);
    expect(diagnosticsOf(...two, limit("7969Mi"))).toEqual([
      `x.yaml:5:22: resources.limits.memory: ${says("7970Mi", "2048Mi")}`,
    ]);
    expect(diagnosticsOf(...two, limit("7970Mi"))).toEqual([]);
    const other = "destinations: {a: {logsEndpoint: https://a/v1/logs, queue: {storage: memory, size: 1Gi}}}";
    expect(diagnosticsOf(...two, other, limit("7970Mi"))).toEqual([
      `x.yaml:6:22: resources.limits.memory: ${says("11908Mi", "3072Mi")}`,
    ]);
  });

  test.each<[string, readonly string[]]>([
    ["without a limit", [...two, limit("none")]],
    ["on disk", [...least, "  queue: {storage: disk, size: 8Gi}"]],
    ["without a queue", [...least, "  queue: {storage: none}"]],
  ])("bounds no queue %s", (_, lines) => {
    expect(diagnosticsOf(...lines)).toEqual([]);
  });

  test("is enough for the fleet, and what they need is a whole number of MiB", () => {
    for (const { destinations, memoryLimit: bytes } of fleet) {
      expect(neededMemory(destinations)).toBeLessThanOrEqual(bytes ?? 0);
      expect(neededMemory(destinations) % mebibyte).toBe(0);
    }
    expect(memoryLimit(environmentOf(...least).resources ?? { requests: {}, limits: {} })).toBe(
      1024 * mebibyte,
    );
  });
});

describe("memory_limiter", () => {
  const message =
    "x.yaml:4:1: memory_limiter: has no effect without a memory limit; write resources.limits.memory, or remove this";

  test("needs a limit to keep within", () => {
    expect(diagnosticsOf(...least, "memory_limiter: true", limit("none"))).toEqual([message]);
    expect(diagnosticsOf(...least, "memory_limiter: true")).toEqual([]);
    expect(diagnosticsOf(...least, "memory_limiter: false", limit("none"))).toEqual([]);
    expect(diagnosticsOf(...least, "memory_limiter:", limit("none"))).toEqual([]);
  });
});

describe("GOMEMLIMIT of chart values", () => {
  const env = (value: string, ...others: readonly string[]) =>
    `alloy: {extraEnv: [${[...others, `{name: GOMEMLIMIT, value: ${value}}`].join(", ")}]}`;
  const says = (mebibytes: number) =>
    `is more than the container's limit, at which it ends before Go frees memory for this; write ${mebibytes}MiB or less, or leave it out for that`;

  test.each([
    ["1025MiB", "1024MiB"],
    ["2GiB", "1GiB"],
    ["1073741825", '"1073741824"'],
    ["1073741825B", "1073741824B"],
    ["1TiB", "off"],
  ])("%s is more than the container has, %s isn't", (more, most) => {
    const value = /^\d+$/.test(more) ? `"${more}"` : more;
    expect(diagnosticsOf(...least, env(value))).toEqual([
      `x.yaml:4:39: alloy.extraEnv[0].value: ${says(921)}`,
    ]);
    expect(diagnosticsOf(...least, env(most))).toEqual([]);
    expect(diagnosticsOf(...least, env(value), limit("none"))).toEqual([]);
  });

  test("is held against the limit that is set, and has its place behind what is wrong", () => {
    expect(diagnosticsOf(...least, limit("2Gi"), env("1GiB"))).toEqual([]);
    const half = "{name: A, valeu: b}";
    const [first, second] = diagnosticsOf(...least, limit("512Mi"), env("1GiB", half));
    expect(first).toContain("alloy.extraEnv[0].valeu: is no field of a variable");
    expect(second).toBe(`x.yaml:5:60: alloy.extraEnv[1].value: ${says(460)}`);
    const wrong = diagnosticsOf(...least, limit("512Mb"), env("1GiB"));
    expect(wrong.filter((line) => line.includes("GOMEMLIMIT") || line.includes("extraEnv"))).toEqual([]);
  });
});
