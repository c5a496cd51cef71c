import { DatabaseObservabilityMysql } from "../../imports/alloy/database_observability";
import { LokiEcho, LokiProcess, type LokiProcessProps } from "../../imports/alloy/loki";
import { OtelcolAuthBasic } from "../../imports/alloy/otelcol.auth";
import { OtelcolExporterOtlphttp } from "../../imports/alloy/otelcol.exporter";
import { OtelcolStorageFile } from "../../imports/alloy/otelcol.storage";
import { PrometheusExporterUnix } from "../../imports/alloy/prometheus.exporter";
import history from "../../imports/alloy/versions.json";
import {
  type AlloyConfig,
  encoding,
  type StabilityLevel,
  sys,
  versionMistake,
  versionRequirements,
} from "../../lib/alloy";
import { newConfig } from "./new-config";

type LokiProcessStage = NonNullable<LokiProcessProps["stage"]>[number];

/** What a version says of a config that some components are added to. */
function mistakeOf(
  tag: string | undefined,
  add: (config: AlloyConfig) => void,
  level: StabilityLevel = "experimental",
): string | undefined {
  const config = newConfig();
  add(config);
  return versionMistake(tag, versionRequirements(config), level)?.message;
}

const client = { endpoint: "http://x" };
const doesNotKnow = (tag: string, what: string) => `Alloy ${tag} doesn't know what the config says: ${what}`;

/** Each from the version on that is named second: the one before it doesn't run what the next one does. */
test.each<[what: string, before: string, since: string, says: string, add: (config: AlloyConfig) => void]>([
  [
    "a component",
    "v1.8.3",
    "v1.9.0",
    "otelcol.storage.file since v1.9.0 (otelcol.storage.file.x)",
    (config) => new OtelcolStorageFile(config, "x", {}),
  ],
  [
    "a block inside of a block",
    "v1.10.2",
    "v1.11.0",
    "sending_queue.batch since v1.11.0 (otelcol.exporter.otlphttp.x and 1 more)",
    (config) => {
      for (const label of ["x", "y"]) {
        new OtelcolExporterOtlphttp(config, label, { client, sendingQueue: { batch: { sizer: "bytes" } } });
      }
    },
  ],
  [
    "an argument in a list of blocks of several names, however deep",
    "v1.8.3",
    "v1.9.0",
    "stage.match.stage.regex.labels_from_groups since v1.9.0 (loki.process.x)",
    (config) => {
      const regex = { regex: { expression: "(?P<a>.)", labelsFromGroups: true } };
      const match = (stage: LokiProcessStage) => ({ match: { selector: `{a="b"}`, stage: [stage] } });
      const { receiver } = new LokiEcho(config, "x");
      new LokiProcess(config, "x", { forwardTo: [receiver], stage: [match(match(match(regex)))] });
    },
  ],
  [
    "doing without what had to be written",
    "v1.12.2",
    "v1.13.0",
    "doing without password since v1.13.0 (otelcol.auth.basic.x)",
    (config) => new OtelcolAuthBasic(config, "x", { username: "a" }),
  ],
  [
    "a function",
    "v1.10.2",
    "v1.11.0",
    "encoding.url_encode since v1.11.0 (otelcol.exporter.otlphttp.x)",
    (config) =>
      new OtelcolExporterOtlphttp(config, "x", {
        client: { ...client, headers: { a: encoding.urlEncode("b") } },
      }),
  ],
])("%s: not %s, but %s", (_, before, since, says, add) => {
  expect(mistakeOf(before, add)).toContain(says);
  expect(mistakeOf(since, add)).toBeUndefined();
  expect(mistakeOf(history.alloy, add)).toBeUndefined();
});

test("a component that is less stable in other versions", () => {
  const add = (config: AlloyConfig) =>
    new DatabaseObservabilityMysql(config, "x", {
      dataSourceName: sys.env("DSN"),
      forwardTo: [],
      targets: [],
    });
  const mistake = (tag: string, level: StabilityLevel) => mistakeOf(tag, add, level);
  expect(mistake("v1.14.0", "generally-available")).toBe(
    doesNotKnow("v1.14.0", "generally available since v1.15.0 (database_observability.mysql.x)"),
  );
  expect(mistake("v1.14.0", "public-preview")).toBeUndefined();
  expect(mistake("v1.11.0", "public-preview")).toContain("public preview since v1.12.0");
  expect(mistake("v1.11.0", "experimental")).toBeUndefined();
  expect(mistake("v1.15.0", "generally-available")).toBeUndefined();
});

test("what a version had to have written is no matter to those that didn't know it", () => {
  const add = (config: AlloyConfig) => new OtelcolAuthBasic(config, "x", { clientAuth: {} });
  expect(mistakeOf("v1.14.2", add)).toContain("doing without client_auth.username since v1.15.0");
  expect(mistakeOf("v1.12.2", add)).not.toContain("client_auth.username");
});

describe("a tag", () => {
  const plain = (config: AlloyConfig) => new PrometheusExporterUnix(config, "x", {});
  const batch = (config: AlloyConfig) =>
    new OtelcolExporterOtlphttp(config, "x", { client, sendingQueue: { batch: {} } });

  test.each(["v1.8.0", "v1.18.1", "v1.18.1-boringcrypto", "v1.18.99", "v1.19.99", "v1.18.0-rc.0", "v1.11.0"])(
    "%s is that of a version",
    (tag) => expect(mistakeOf(tag, plain)).toBeUndefined(),
  );

  test.each([
    ...["latest", "main", "nightly", "1.18.1", "v1", "v1.18", "v1.18.1.0", "v01.18.1", "V1.18.1", "v1.18.1-"],
    ...[
      "v1.18.1-rc",
      "v1.18.1-windowsservercore-ltsc2022",
      "v1.18.1-nanoserver-1809",
      "v1.18.1+a",
      "v1.18.1 ",
    ],
  ])("%j names no version", (tag) => {
    expect(mistakeOf(tag, plain)).toBe(
      `${tag} is no version, so that nothing tells whether this Alloy knows what the config says`,
    );
  });

  test("of a digest alone tells no version, and it is said how to tell it", () => {
    const config = newConfig();
    plain(config);
    expect(versionMistake(undefined, versionRequirements(config), "experimental")).toEqual({
      message:
        "a digest alone is no version, so that nothing tells whether this Alloy knows what the config says",
      write: `${history.alloy}, or ${history.alloy}@sha256:… for an image of that version by its digest`,
    });
  });

  test("of a version that is older or newer than all that are known", () => {
    expect(mistakeOf("v1.7.5", plain)).toBe(
      "Alloy v1.7.5 is older than v1.8.0, the oldest that is known here",
    );
    expect(mistakeOf("v0.44.0", plain)).toContain("older");
    const newest = history.versions.at(-1) ?? "";
    const next = newest.replace(/\.(\d+)\.\d+$/, (_, minor) => `.${Number(minor) + 1}.0`);
    for (const tag of [next, "v1.100.0", "v2.0.0"]) {
      expect(mistakeOf(tag, plain)).toBe(
        `Alloy ${tag} is newer than ${newest}, the newest that is known here`,
      );
    }
  });

  test("of what may become a version is before it, and after the others", () => {
    expect(mistakeOf("v1.11.0-rc.9", batch)).toContain("sending_queue.batch since v1.11.0");
    expect(mistakeOf("v1.11.0-rc.10-boringcrypto", batch)).toContain("sending_queue.batch since v1.11.0");
    expect(mistakeOf("v1.11.1-rc.0", batch)).toBeUndefined();
  });
});

test("the history is of what the bindings know, in order, each fact once", () => {
  const { versions, since, until, alloy } = history;
  const order = (version: string) => versions.indexOf(version);
  for (const version of Object.keys(since)) {
    expect(order(version)).toBeGreaterThan(0);
    expect(order(version)).toBeLessThanOrEqual(order(alloy));
  }
  for (const version of Object.keys(until)) expect(order(version)).toBeGreaterThan(order(alloy));
  for (const changes of [since, until]) {
    const facts = Object.values<readonly string[]>(changes).flat();
    expect(new Set(facts).size).toBe(facts.length);
  }
  expect(Object.values<readonly string[]>(since).flat().length).toBeGreaterThan(20);
});
