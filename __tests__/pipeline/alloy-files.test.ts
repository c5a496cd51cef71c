import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { AlloyAgent } from "../../lib/alloy-agent";
import { DiagnosticsError, readEnvironments } from "../../lib/environment";
import { synthesize } from "../../lib/synthesis";
import { local, type Settings } from "./pipeline-of";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "alloy-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What synthesizes of an environment with some files in Alloy's language, or what is wrong, a line each. */
function synthesized(settings: Settings, ...files: readonly string[]): string | readonly string[] {
  const names = files.map((_, index) => `${"abc"[index]}.alloy`);
  names.forEach((name, index) => {
    writeFileSync(join(folder, name), files[index] ?? "");
  });
  const own = { container_runtime: "containerd", local, alloy_files: names, ...settings };
  writeFileSync(join(folder, "x.yaml"), stringify(own));
  const read = readEnvironments(folder);
  try {
    const manifests = synthesize(
      read.environments,
      (app, environment) => new AlloyAgent(app, environment),
      read,
    );
    return [...(manifests.get("x")?.values() ?? [])].join("\n---\n");
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    return error.message
      .split("\n")
      .map((line) => line.replaceAll(`${folder}/`, "").replace(" (for x.yaml)", ""));
  }
}

/** A scrape, to whatever. */
const scrape = (to: string, label = "a") =>
  `prometheus.scrape "${label}" {\n\ttargets    = [{__address__ = "a.b.svc:80"}]\n\tforward_to = [${to}]\n}\n`;
const metrics = "otelcol.receiver.prometheus.metrics.receiver";
/** A sender of traces, logs or metrics to somewhere. */
const otlp = (output: string) =>
  `otelcol.receiver.otlp "a" {\n\tgrpc { }\n\n\toutput {\n\t\t${output}\n\t}\n}\n`;

describe("a file's components", () => {
  test("stand behind the pipeline's, with their comments, file by file", () => {
    const text = synthesized({}, `// One.\n${scrape(metrics)}`, `${scrape(metrics, "b")}// The end.\n`);
    expect(text).toContain('    // a.alloy\n\n    // One.\n    prometheus.scrape "a" {\n');
    expect(text).toContain('    // b.alloy\n\n    prometheus.scrape "b" {\n');
    expect(text).toMatch(/ {4}\}\n\n? {4}\/\/ The end\.\n/);
  });

  test("refer to those of other files, and have declares", () => {
    const declare = `declare "twice" {\n\targument "to" { }\n\n\tprometheus.scrape "in" {\n\t\ttargets    = [{__address__ = "a.b.svc:80"}]\n\t\tforward_to = argument.to.value\n\t}\n}\n`;
    const text = synthesized({}, declare, `twice "one" {\n\tto = [${metrics}]\n}\n`);
    expect(text).toContain("to namespace b: declare.twice/prometheus.scrape.in");
  });

  test("give the agent rights, mounts, Secrets, ports and a stability level", () => {
    const text = synthesized(
      { stability: "experimental", storage: { path: "none" } },
      `loki.source.kubernetes_events "a" {\n\tforward_to = [loki.process.own.receiver]\n}
loki.source.journal "a" {\n\tpath = "/var/log/journal"\n\tforward_to = [loki.process.own.receiver]\n}
loki.write "a" {\n\tendpoint {\n\t\turl = "http://loki.logs.svc/push"\n\t\tbearer_token_file = "/var/run/secrets/alloy/loki/token"\n\t}\n}
loki.source.api "a" {\n\thttp {\n\t\tlisten_port = 3100\n\t}\n\tforward_to = [loki.write.a.receiver]\n}
foreach "a" {\n\tcollection = []\n\tvar = "x"\n\ttemplate { }\n}\n`,
    );
    expect(text).toContain("list, watch events: loki.source.kubernetes_events.a");
    expect(text).toContain("mount /var/log/journal: loki.source.journal.a");
    expect(text).toContain("Secret loki: loki.write.a");
    expect(text).toMatch(/secret:\n\s+items:\n\s+- key: token\n\s+path: token\n\s+name: loki/);
    expect(text).toContain("to namespace logs: loki.write.a");
    expect(text).toContain("from everywhere to TCP 3100: loki.source.api.a");
    expect(text).toMatch(/name: tcp-3100\n\s+port: 3100\n\s+protocol: TCP\n\s+targetPort: 3100/);
    expect(text).toContain("--stability.level=experimental");
  });

  test("take what settings say in the place of what only a running Alloy knows", () => {
    const file = `loki.write "a" {\n\tendpoint {\n\t\turl = sys.env("A")\n\t}\n}\nloki.source.file "a" {\n\ttargets = [{__path__ = sys.env("B")}]\n\tforward_to = [loki.write.a.receiver]\n}\n`;
    expect(synthesized({}, file)).toEqual([
      "a.alloy:3:9: endpoint.url doesn't say before Alloy runs where it connects to; write it in the environment, as alloy_requires: {loki.write.a: [mimir.example.com:443]}, or [] if it is nothing",
      "a.alloy:7:13: targets doesn't say before Alloy runs which files of the node it reads; write it in the environment, as alloy_requires: {loki.source.file.a: [/var/log/app]}, or [] if it is nothing",
    ]);
    const alloy_requires = {
      "loki.write.a": ["loki.example.com:3100"],
      "loki.source.file.a": ["/var/log/app"],
    };
    const text = synthesized({ alloy_requires }, file);
    expect(text).toContain("to TCP 3100: loki.write.a");
    expect(text).toContain("mount /var/log/app: loki.source.file.a");
    // Where nothing limits connections, none are asked for.
    const rest = { "loki.source.file.a": [] };
    expect(synthesized({ network_policy: false, alloy_requires: rest }, file)).toContain("alloy-config");
    expect(synthesized({ alloy_requires: { ...alloy_requires, "loki.write.b": [] } }, file)).toEqual([
      expect.stringMatching(
        /^x\.yaml:\d+:3: alloy_requires\["loki\.write\.b"\]: is no component of alloy_files;/,
      ),
    ]);
  });
});

describe("a mistake in a file is told at its place", () => {
  test.each<[string, string, string, string]>([
    [
      "a component of the pipeline's inside",
      scrape("prometheus.relabel.node.receiver"),
      scrape(metrics),
      "a.alloy:3:16: prometheus.relabel.node.receiver is of the pipeline's inside, and may change; write otelcol.receiver.prometheus.metrics.receiver,",
    ],
    [
      "a name of the pipeline",
      scrape(metrics, "node"),
      scrape(metrics),
      "a.alloy:1:1: prometheus.scrape.node is one of the pipeline's own; write another label",
    ],
    [
      "a reference to nothing",
      scrape("loki.write.x.receiver"),
      scrape(metrics),
      "a.alloy:3:16: there is no loki.write.x;",
    ],
    [
      "another signal than an end takes",
      otlp("traces = [otelcol.exporter.otlphttp.local_logs.input]"),
      otlp("logs = [otelcol.exporter.otlphttp.local_logs.input]"),
      "a.alloy:5:13: otelcol.exporter.otlphttp.local_logs.input takes logs alone; send traces elsewhere",
    ],
    [
      "a secret in the text",
      `otelcol.auth.bearer "a" {\n\ttoken = "abc"\n}\n`,
      `otelcol.auth.bearer "a" {\n\ttoken = sys.env("TOKEN")\n}\notelcol.exporter.otlphttp "a" {\n\tclient {\n\t\tendpoint = "http://a.b.svc:4318"\n\t\tauth = otelcol.auth.bearer.a.handler\n\t}\n}\n${otlp("logs = [otelcol.exporter.otlphttp.a.input]")}`,
      "a.alloy:2:10: a secret is never a literal; put it into a Secret, and read it of /var/run/secrets/alloy/SECRET/KEY by local.file",
    ],
    ...[
      ["https://u:hunter2@a.b.svc/push", "https://a.b.svc/push", ""],
      ["https://a.b.svc/push?api_key=hunter2", "https://a.b.svc/push?tenant=a", ""],
      ["https://a.b.svc/push", "https://a.b.svc/push", '{Authorization = "Bearer hunter2"}'],
    ].map(([bad = "", good = "", headers = ""], index): [string, string, string, string] => {
      const writes = (url: string, headers: string) =>
        `prometheus.remote_write "a" {\n\tendpoint {\n\t\turl = "${url}"\n\t\theaders = ${headers}\n\t}\n}\n${scrape("prometheus.remote_write.a.receiver")}`;
      const at = headers === "" ? "a.alloy:3:9" : "a.alloy:4:30";
      return [
        `a secret in the text of a request, ${index}`,
        writes(bad, headers || "{}"),
        writes(good, '{"X-Scope-OrgID" = "a", Authorization = sys.env("A")}'),
        `${at}: a secret is never a literal; put it into a Secret, and read it of /var/run/secrets/alloy/SECRET/KEY by local.file`,
      ];
    }),
    [
      "a privileged port",
      otlp("logs = [otelcol.processor.transform.cluster.input]").replace(
        "grpc { }",
        'grpc {\n\t\tendpoint = "0.0.0.0:317"\n\t}',
      ),
      otlp("logs = [otelcol.processor.transform.cluster.input]"),
      "a.alloy:1:1: otelcol.receiver.otlp.a listens on port 317, which takes a capability that the agent hasn't; write one from 1024 on",
    ],
    [
      "import.file",
      `import.file "a" {\n\tfilename = "a.alloy"\n}\n`,
      scrape(metrics),
      "a.alloy:1:1: import.file loads what isn't known here,",
    ],
    [
      "what looks into processes of the node",
      `pyroscope.ebpf "a" {\n\ttargets = []\n\tforward_to = []\n}\n`,
      scrape(metrics),
      "a.alloy:1:1: pyroscope.ebpf takes a privileged container and the node's processes,",
    ],
    ["http", "http { }\n", scrape(metrics), "a.alloy:1:1: http can't stand here,"],
    [
      "livedebugging",
      "livedebugging {\n\tenabled = true\n}\n",
      scrape(metrics),
      "a.alloy:1:1: livedebugging is a setting of the environment;",
    ],
    [
      "remotecfg",
      'remotecfg {\n\turl = "http://a.b.svc"\n}\n',
      scrape(metrics),
      "a.alloy:1:1: remotecfg can't stand here,",
    ],
    [
      "a log that isn't logfmt",
      `logging {\n\tformat = "json"\n}\n`,
      `logging {\n\tlevel = "warn"\n}\n`,
      "a.alloy:2:2: the agent limits its own log,",
    ],
  ])("%s", (_, wrong, right, message) => {
    const found = synthesized({}, wrong);
    expect(found).toContainEqual(expect.stringContaining(message));
    expect(typeof synthesized({}, right)).toBe("string");
  });

  test("a signal that no destination takes, once", () => {
    const of = (signal: string) => otlp(`${signal} = [otelcol.processor.transform.cluster.input]`);
    const settings = { local: { metricsEndpoint: `${local.endpoint}/v1/metrics` } };
    expect(synthesized(settings, of("logs"))).toEqual([
      "a.alloy:5:11: otelcol.processor.transform.cluster.input takes metrics alone; send logs elsewhere",
    ]);
    expect(typeof synthesized(settings, of("metrics"))).toBe("string");
  });

  test("a stability level above the environment's", () => {
    const foreach = `foreach "a" {\n\tcollection = []\n\tvar = "x"\n\ttemplate { }\n}\n`;
    expect(synthesized({ stability: "public-preview" }, foreach)).toContain(
      "a.alloy:1:1: foreach is experimental; write stability: experimental, or leave that out",
    );
    expect(synthesized({}, foreach)).toContain("--stability.level=experimental");
  });

  test("a privilege that the Pod Security level forbids, where the files alone ask for it", () => {
    const off = { enabled: false };
    const settings = {
      pod_security: "restricted",
      storage: { path: "none" },
      sources: { node: off, cadvisor: off },
    };
    const journal = `loki.source.journal "a" {\n\tpath = "/var/log/journal"\n\tforward_to = [loki.process.own.receiver]\n}\n`;
    expect(synthesized(settings, journal)).toEqual([
      "a.alloy:1:1: pod_security restricted doesn't admit the agent's pod, which has the node's path /var/log/journal; write privileged, or leave it out",
    ]);
    expect(typeof synthesized(settings, scrape(metrics))).toBe("string");
  });

  test("a path of the node where the pipeline has another one mounted", () => {
    const logs = (path: string) =>
      `local.file_match "a" {\n\tpath_targets = [{__path__ = "${path}/*.log"}]\n}\n\nloki.source.file "a" {\n\ttargets    = local.file_match.a.targets\n\tforward_to = [loki.process.own.receiver]\n}\n`;
    expect(synthesized({}, `// One.\n${logs("/rootfs")}`)).toEqual([
      "a.alloy:2:1: prometheus.exporter.unix.node and local.file_match.a disagree on the hostPath of volume rootfs: / and /rootfs",
    ]);
    expect(typeof synthesized({}, logs("/var/log/app"))).toBe("string");
  });

  test("what a destination would have of a file alone, where no file sends it, at the destination", () => {
    const off = { enabled: false };
    const settings = {
      sources: { node: off, cadvisor: off, aistore: off, kube_state_metrics: off, logs: off },
      own_metrics: "none",
      destinations: { archive: { logsEndpoint: "http://logs.monitoring.svc:4318/v1/logs" } },
    };
    const unsent = (signal: string, end: string) =>
      `takes ${signal}, and gets none: sources are off, and no file sends any to ${end}; have one do so, or give this destination no URL for ${signal}`;
    const input = "otelcol.processor.transform.cluster.input";
    expect(synthesized(settings, scrape(metrics))).toEqual([
      expect.stringMatching(/^x\.yaml:3:3: local\.endpoint: /),
      expect.stringMatching(/^x\.yaml:\d+:5: destinations\.archive\.logsEndpoint: /),
    ]);
    expect(synthesized(settings, scrape(metrics))).toContainEqual(
      expect.stringContaining(unsent("logs", input)),
    );
    expect(synthesized(settings, otlp(`logs = [${input}]`))).toEqual([
      `x.yaml:3:3: local.endpoint: ${unsent("metrics", metrics)}`,
    ]);
    expect(typeof synthesized(settings, `${scrape(metrics)}${otlp(`logs = [${input}]`)}`)).toBe("string");
    // Past a stage of the pipeline's own, which then gets nothing: that loses nothing.
    const straight = (name: string) => `logs = [otelcol.exporter.otlphttp.${name}_logs.input]`;
    const both =
      "logs = [otelcol.exporter.otlphttp.archive_logs.input, otelcol.exporter.otlphttp.local_logs.input]";
    expect(typeof synthesized(settings, otlp(`metrics = [${input}]\n\t\t${both}`))).toBe("string");
    expect(synthesized(settings, otlp(`metrics = [${input}]\n\t\t${straight("local")}`))).toEqual([
      `x.yaml:16:5: destinations.archive.logsEndpoint: ${unsent("logs", input)}`,
    ]);
    // What a file has wrong may be where it sends to.
    expect(
      synthesized(settings, scrape(metrics), otlp("logs = [otelcol.processor.transform.clusters.input]")),
    ).toEqual([expect.stringMatching(/^b\.alloy:5:11: there is no otelcol\.processor\.transform\.clusters/)]);
  });

  test("with the mistakes of other files and of settings, but for what may follow from them", () => {
    const settings = {
      max_unavailable: "200%",
      destinations: { archive: { logsEndpoint: "nowhere" } },
    };
    const archive = otlp("logs = [otelcol.exporter.otlphttp.archive_logs.input]");
    expect(synthesized(settings, archive, "http { }\n", "loki.write a { }\n")).toEqual([
      "b.alloy:1:1: http can't stand here, as the probes and the reloader need Alloy's server as it is; remove it",
      'c.alloy:1:12: =, { or a label is expected, not a; write "a" in double quotes',
      expect.stringMatching(/^x\.yaml:\d+:\d+: max_unavailable: /),
      expect.stringMatching(/^x\.yaml:\d+:\d+: destinations\.archive\.logsEndpoint: /),
    ]);
  });
});
