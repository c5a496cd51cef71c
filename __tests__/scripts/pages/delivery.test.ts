import { deliveryOf } from "../../../scripts/pages/delivery";
import { exportsOf } from "../../../scripts/pages/exporters";
import { environmentOf } from "../../environment/reading";
import { pipelineOf } from "./pipelines";
import { unpadded } from "./sections";

const page = (...lines: readonly string[]) => {
  const environment = environmentOf("container_runtime: crio", ...lines);
  return unpadded(deliveryOf(environment, pipelineOf(environment))).split("\n");
};
const local = "local: {endpoint: http://a.example.com, ";
const remote = "remote: {endpoint: https://a.example.com, secret: a, auth_type: mtls, ";

describe("delivery", () => {
  test.each([
    ["", "| `local` | logs | 32Mi in memory | 11 minutes | new logs wait | until it is taken |"],
    [
      "queue: {size: 100M, when_full: drop}, retry: {max_elapsed_time: 90m}",
      "| `local` | logs | 95.4Mi in memory | 33 minutes | new logs are dropped | for 90m |",
    ],
    [
      "queue: {storage: disk, size: 8Gi}, retry: {enabled: false}",
      "| `local` | metrics | 8Gi on the node's disk | 2 days | new metrics are dropped | no |",
    ],
    [
      "queue: {storage: disk}",
      "| `local` | logs | 1Gi on the node's disk | 6 hours | new logs wait | until it is taken |",
    ],
    ["queue: {storage: none}", "| `local` | metrics | none | nothing | new data waits | for 5m |"],
  ])("with %s", (settings, row) => {
    expect(page(`${local}${settings}}`)).toContain(row);
  });

  test("has a row for each signal that is sent", () => {
    const rows = page("local: {logsEndpoint: http://a.example.com/v1/logs}", `${remote}}`)
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split(" | ").slice(0, 2).join(" | "));
    expect(rows).toEqual(["| `local` | logs", "| `remote` | metrics", "| `remote` | logs"]);
  });

  test("tells how much of the disk is taken, if any is", () => {
    expect(page(`${local}queue: {storage: disk, size: 2Gi}}`, `${remote}}`)).toContain(
      "Full, the queues take up to 15Gi of the node's disk: some two and a half times their size, since small batches leave room in its pages. The room is given back when they are empty.",
    );
    expect(page(`${local}}`).join()).not.toContain("disk");
  });

  test.each([
    [
      "",
      "The agent may use 1Gi of memory, and needs 339Mi at most, with all that waits in memory. While it is short, from 65 % on, new metrics are refused, and are lost.",
    ],
    [
      "memory_limiter: false",
      "The agent may use 1Gi of memory, and needs 339Mi at most, with all that waits in memory. Nothing is refused while it is short: the limit ends the agent.",
    ],
    ["resources: {limits: {memory: none}}", "The agent's memory has no limit but the node's."],
  ])("tells what becomes of data while memory is short: %s", (line, words) => {
    expect(page(`${local}}`, line).at(-1)).toBe(words);
  });

  test("has the notices of the environment", () => {
    expect(page(`${remote}}`, "stability: generally-available")).toContain(
      "**`stability`: generally-available has no queue on disk: that of remote is in memory, 32Mi for each signal, and lost when the agent ends; write public-preview to keep it.**",
    );
  });
});

test("what the config says of delivery is on the page, whatever the settings say", () => {
  const settings = (...lines: readonly string[]) => environmentOf("container_runtime: crio", ...lines);
  const config = pipelineOf(
    settings(
      "local: {endpoint: http://a.example.com/otlp/, queue: {storage: disk, size: 2Gi}, retry: {enabled: false}}",
    ),
  );
  const others = settings("local: {endpoint: http://a.example.com}");
  expect(unpadded(deliveryOf(others, config)).split("\n")).toContain(
    "| `local` | logs | 2Gi on the node's disk | 12 hours | new logs wait | no |",
  );
  expect(exportsOf(config).map(({ signal, url }) => `${signal} ${url}`)).toEqual([
    "metrics http://a.example.com/otlp/v1/metrics",
    "logs http://a.example.com/otlp/v1/logs",
  ]);
});

test("what passes two exporters is kept as the first says, and sent as the last says", () => {
  const config = pipelineOf(
    environmentOf(
      "container_runtime: crio",
      "remote: {metricsEndpoint: https://a.example.com/otlp/v1/metrics, secret: a, auth_type: mtls, queue: {storage: disk}}",
    ),
  );
  expect(exportsOf(config)).toEqual([
    {
      destination: "remote",
      signal: "metrics",
      queue: { storage: "disk", bytes: 2 ** 30, waitsWhenFull: false },
      retryTime: "0s",
      url: "https://a.example.com/otlp/v1/metrics",
    },
  ]);
});
