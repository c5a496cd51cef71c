import { DiscoveryKubernetes, DiscoveryRelabel } from "../../imports/alloy/discovery";
import { LocalFile } from "../../imports/alloy/local";
import { LokiProcess, type LokiProcessProps, LokiRelabel, LokiWrite } from "../../imports/alloy/loki";
import { LokiSourceFile } from "../../imports/alloy/loki.source";
import { OtelcolAuthBasic } from "../../imports/alloy/otelcol.auth";
import {
  OtelcolExporterOtlphttp,
  type OtelcolExporterOtlphttpProps,
  OtelcolExporterPrometheus,
} from "../../imports/alloy/otelcol.exporter";
import {
  OtelcolProcessorBatch,
  type OtelcolProcessorTransformProps,
} from "../../imports/alloy/otelcol.processor";
import { OtelcolReceiverLoki, OtelcolReceiverOtlp } from "../../imports/alloy/otelcol.receiver";
import { OtelcolStorageFile } from "../../imports/alloy/otelcol.storage";
import {
  PrometheusRelabel,
  PrometheusRemoteWrite,
  PrometheusScrape,
  type PrometheusScrapeProps,
} from "../../imports/alloy/prometheus";
import { RemoteKubernetesSecret } from "../../imports/alloy/remote.kubernetes";
import {
  array,
  coalesce,
  concatStrings,
  constants,
  convert,
  Expression,
  encoding,
  entry,
  item,
  notSecret,
  numberIn,
  string,
  sys,
} from "../../lib/alloy";
import { mistakesIn, newConfig } from "./new-config";

// `tsc` proves the rules: it takes a program only if each line below `@ts-expect-error` doesn't compile. What is
// refused stands beside what is not, and is never run.
const refused = (_program: () => unknown) => {};

const config = newConfig();
const scrape = (props: PrometheusScrapeProps) => new PrometheusScrape(config, "x", props);
const otlphttp = (props: OtelcolExporterOtlphttpProps) => new OtelcolExporterOtlphttp(config, "x", props);
const statements = (list: OtelcolProcessorTransformProps["metricStatements"]) => list;
const stages = (list: LokiProcessProps["stage"]) => list;
const remote = new PrometheusRemoteWrite(config, "remote", { endpoint: [{ url: "http://x" }] });
const logs = new LokiWrite(config, "remote", { endpoint: [{ url: "http://x" }] });
const pods = new DiscoveryKubernetes(config, "pods", { role: "pod" });
const file = new LocalFile(config, "token", { filename: "/token", isSecret: true });
const secret = new RemoteKubernetesSecret(config, "x", { namespace: "a", name: "b" });
const otlp = new OtelcolExporterOtlphttp(config, "remote", { client: { endpoint: "http://x" } });
const targets = pods.targets;
const forwardTo = [remote.receiver];

test("a capsule goes where it is taken", () => {
  new PrometheusScrape(config, "capsule", { targets, forwardTo });
  // @ts-expect-error a logs receiver takes no metrics
  refused(() => scrape({ targets, forwardTo: [logs.receiver] }));
  // @ts-expect-error an OpenTelemetry consumer is no receiver of Prometheus
  refused(() => scrape({ targets, forwardTo: [otlp.input] }));
  // @ts-expect-error a receiver is a list's item
  refused(() => scrape({ targets, forwardTo: remote.receiver }));
  // @ts-expect-error a capsule has no literal
  refused(() => scrape({ targets, forwardTo: ["prometheus.remote_write.remote.receiver"] }));
  // @ts-expect-error a capsule is no string
  refused(() => scrape({ targets, forwardTo, jobName: remote.receiver }));
  // @ts-expect-error a capsule holds nothing
  refused(() => entry(remote.receiver, "url"));
});

test("relabeling rules go where rules are taken", () => {
  const { rules } = new LokiRelabel(config, "rules", { forwardTo: [] });
  new LokiSourceFile(config, "rules", { targets, forwardTo: [logs.receiver] });
  // @ts-expect-error rules are no receiver
  refused(() => new LokiSourceFile(config, "x", { targets, forwardTo: [rules] }));
});

test("a handler goes where its kind is taken", () => {
  const auth = new OtelcolAuthBasic(config, "me", { username: "me", password: sys.env("PASSWORD") }).handler;
  const storage = new OtelcolStorageFile(config, "queue").handler;
  const client = { endpoint: "http://x", auth };
  new OtelcolExporterOtlphttp(config, "handlers", { client, sendingQueue: { storage } });
  // @ts-expect-error storage doesn't authenticate
  refused(() => otlphttp({ client: { endpoint: "http://x", auth: storage } }));
  // @ts-expect-error authentication stores nothing
  refused(() => otlphttp({ client, sendingQueue: { storage: auth } }));
});

test("a consumer goes into the outputs of the signals that it takes", () => {
  const metrics = new OtelcolExporterPrometheus(config, "metrics", { forwardTo });
  const every = new OtelcolProcessorBatch(config, "every", {
    output: { metrics: [metrics.input, otlp.input], logs: [otlp.input], traces: [otlp.input] },
  });
  new OtelcolReceiverOtlp(config, "every", {
    output: { metrics: [metrics.input, every.input], logs: [every.input], traces: [every.input] },
  });
  // @ts-expect-error Prometheus takes no logs
  refused(() => new OtelcolProcessorBatch(config, "x", { output: { logs: [metrics.input] } }));
  // @ts-expect-error nor traces
  refused(() => new OtelcolReceiverOtlp(config, "x", { output: { traces: [otlp.input, metrics.input] } }));
  // @ts-expect-error Loki's receiver gives logs alone
  refused(() => new OtelcolReceiverLoki(config, "x", { output: { metrics: [metrics.input] } }));
  // @ts-expect-error there is no such signal
  refused(() => new OtelcolReceiverOtlp(config, "x", { output: { profiles: [otlp.input] } }));
});

describe("a secret", () => {
  test("comes from Alloy, never from a program", () => {
    const basic = { username: "me", password: sys.env("PASSWORD") };
    new OtelcolAuthBasic(config, "environment", basic);
    new OtelcolAuthBasic(config, "file", { ...basic, password: file.content });
    new OtelcolAuthBasic(config, "secret", { ...basic, password: entry(secret.data, "password") });
    new OtelcolAuthBasic(config, "joined", {
      ...basic,
      password: concatStrings("a", entry(secret.data, "b")),
    });
    // @ts-expect-error a literal can't be a secret
    refused(() => new OtelcolAuthBasic(config, "x", { username: "me", password: "hunter2" }));
    // @ts-expect-error nor can one be among others
    refused(() => scrape({ targets, forwardTo, httpHeaders: { A: ["b"] } }));
  });

  test("may be said to be none", () => {
    new PrometheusScrape(config, "header", {
      targets,
      forwardTo,
      httpHeaders: { "X-Scope-OrgID": [notSecret("a")] },
    });
  });

  test("goes nowhere else", () => {
    new PrometheusScrape(config, "plain", {
      targets,
      forwardTo,
      jobName: convert.nonsensitive(file.content),
    });
    // What a file holds is a secret where an argument says so: the check of the config knows that.
    refused(() => scrape({ targets, forwardTo, jobName: file.content }));
    // @ts-expect-error a Secret's is
    refused(() => scrape({ targets, forwardTo, jobName: entry(secret.data, "a") }));
    // @ts-expect-error a part of a string makes all of it secret
    refused(() => scrape({ targets, forwardTo, jobName: concatStrings("a", entry(secret.data, "a")) }));
    // @ts-expect-error a function of strings takes none
    refused(() => string.toLower(entry(secret.data, "a")));
  });
});

test("only the exports that there are can be used, each as what it is", () => {
  const kept = new DiscoveryRelabel(config, "kept", { targets });
  new PrometheusScrape(config, "kept", { targets: kept.output, forwardTo });
  // @ts-expect-error discovery.relabel exports output
  refused(() => scrape({ targets: kept.targets, forwardTo }));
  // @ts-expect-error prometheus.scrape exports nothing
  refused(() => new PrometheusScrape(config, "y", { targets, forwardTo }).receiver);
  // @ts-expect-error text is no list of targets
  refused(() => scrape({ targets: file.content, forwardTo }));
  // @ts-expect-error a target is no list of them
  refused(() => scrape({ targets: item(targets, 0), forwardTo }));
});

test("required arguments are there, and no unknown ones", () => {
  new PrometheusRelabel(config, "arguments", { forwardTo, maxCacheSize: 10 });
  // @ts-expect-error forwardTo is required
  refused(() => new PrometheusRelabel(config, "x", {}));
  // @ts-expect-error all arguments are an object, a required one among them
  refused(() => new PrometheusRelabel(config, "x"));
  // @ts-expect-error it is maxCacheSize
  refused(() => new PrometheusRelabel(config, "x", { forwardTo, maxCachesize: 10 }));
  // @ts-expect-error names are TypeScript's, not Alloy's
  refused(() => new PrometheusRelabel(config, "x", { forward_to: [remote.receiver] }));
  // @ts-expect-error an exporter's client is required
  refused(() => otlphttp({}));
  // @ts-expect-error and so is its endpoint
  refused(() => otlphttp({ client: {} }));
});

test("words are those that Alloy knows", () => {
  new DiscoveryRelabel(config, "words", { targets, rule: [{ action: "labeldrop", regex: "a" }] });
  new DiscoveryKubernetes(config, "words", { role: sys.env("ROLE") });
  // @ts-expect-error it is labeldrop
  refused(() => new DiscoveryRelabel(config, "x", { targets, rule: [{ action: "label_drop", regex: "a" }] }));
  // @ts-expect-error it is pod
  refused(() => new DiscoveryKubernetes(config, "x", { role: "podd" }));
  // @ts-expect-error it is datapoint
  refused(() => statements([{ context: "data_point", statements: [] }]));
});

test("literals have the type of their argument", () => {
  new PrometheusScrape(config, "literals", {
    targets,
    forwardTo,
    scrapeInterval: "1m30s",
    honorLabels: true,
    sampleLimit: 5,
  });
  // @ts-expect-error a duration has a unit
  refused(() => scrape({ targets, forwardTo, scrapeInterval: "30" }));
  // @ts-expect-error a duration is a string
  refused(() => scrape({ targets, forwardTo, scrapeInterval: 30 }));
  // @ts-expect-error Go knows no days
  refused(() => scrape({ targets, forwardTo, scrapeInterval: "1d" }));
  // @ts-expect-error a bool is no string
  refused(() => scrape({ targets, forwardTo, honorLabels: "true" }));
  // @ts-expect-error a number is no string
  refused(() => scrape({ targets, forwardTo, sampleLimit: "5" }));
  // @ts-expect-error a target's values are strings
  refused(() => scrape({ targets: [{ __address__: 1 }], forwardTo }));
});

test("expressions have the type of their argument", () => {
  const limit = numberIn(sys.env("LIMIT"));
  new PrometheusScrape(config, "expressions", {
    targets,
    forwardTo,
    sampleLimit: limit,
    jobName: constants.hostname,
  });
  // @ts-expect-error a string is no number, unless the program says so
  refused(() => scrape({ targets, forwardTo, sampleLimit: sys.env("LIMIT") }));
  // @ts-expect-error a number is no string
  refused(() => scrape({ targets, forwardTo, jobName: limit }));
  // @ts-expect-error what isn't known isn't a string
  refused(() => scrape({ targets, forwardTo, jobName: encoding.fromJson<unknown>("1") }));
});

test("lists hold literals and expressions, or are one expression", () => {
  const more = [{ __address__: "a", job: constants.hostname }];
  new PrometheusScrape(config, "concatenated", { targets: array.concat(targets, more), forwardTo });
  new PrometheusScrape(config, "mixed", { targets: [item(targets, 0), ...more], forwardTo });
  const first: Expression<string> = coalesce(entry(item(targets, 0), "job"), "unknown");
  new PrometheusScrape(config, "first", { targets, forwardTo, jobName: first });
  // @ts-expect-error targets and strings are different items
  refused(() => array.concat(targets, ["a"]));
  // @ts-expect-error a list has items, not entries
  refused(() => entry(targets, "job"));
});

test("blocks are one, several or one of several", () => {
  new LokiProcess(config, "stages", {
    forwardTo: [logs.receiver],
    stage: [
      { json: { expressions: { a: "" } } },
      { labels: { values: { a: "" } } },
      { drop: { value: "x" } },
    ],
  });
  // @ts-expect-error there is no such stage
  refused(() => stages([{ jsn: { expressions: {} } }]));
  // @ts-expect-error an expression is required
  refused(() => stages([{ regex: {} }]));
  // @ts-expect-error rules are a list
  refused(() => new DiscoveryRelabel(config, "x", { targets, rule: { action: "drop" } }));
  // @ts-expect-error an output is one
  refused(() => new OtelcolReceiverOtlp(config, "x", { output: [{ logs: [otlp.input] }] }));
});

test("an expression's type is what it is made with", () => {
  const text = new Expression<string>({ kind: "literal", value: "a" });
  const same: Expression<string | number> = text;
  expect(same).toBe(text);
  // @ts-expect-error a string is no number
  const other: Expression<number> = text;
  expect(other).toBe(text);
});

test("what compiles has no mistakes of its own", () => {
  const ownMistakes = mistakesIn(config).filter((mistake) => !mistake.startsWith("config: "));
  expect(ownMistakes).toEqual([]);
});
