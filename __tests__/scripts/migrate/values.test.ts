import { parse } from "yaml";
import { hasValue, isRecord, valueAt } from "../../../lib/schema";
import { least, migrated } from "./today";

const remote = [
  "remote:",
  "  endpoint: https://otlp.example.com",
  "  secret: telemetry",
  "  scope: api://otlp/.default",
];

/** What a value of today's becomes: the setting and its value, or nothing; and what is said of it. */
type Row = readonly [lines: readonly string[], key: string, value: unknown, said: RegExp | undefined];

const rows: readonly Row[] = [
  // AIStore
  [["scrape: {https: true}"], "scrape.https", true, undefined],
  [['scrape: {https: "true"}'], "scrape.https", true, undefined],
  [["scrape: {https: yes}"], "scrape.https", true, undefined],
  [
    ["scrape: {https: 'yes'}"],
    "scrape.https",
    false,
    /is written as false, which today's agent takes it for/,
  ],
  [['scrape: {https: "True"}'], "scrape.https", false, /is written as false/],
  [['scrape: {https: "false"}'], "scrape.https", false, undefined],
  [["scrape: {http: true}"], "scrape", undefined, /scrape\.http: is left out: nothing reads it today/],
  // Interfaces
  [["ethtool: {device_include: ^ens.*}"], "ethtool.device_include", "^ens.*", undefined],
  [["ethtool: {device_include: '^ens\\\\d'}"], "ethtool.device_include", "^ens\\d", /one backslash for two/],
  [
    ["ethtool: {device_include: '^ens\\d'}"],
    "ethtool.device_include",
    "^ens\\d",
    /today's agent doesn't start/,
  ],
  [["ethtool: {device_include: '(ens'}"], "ethtool", undefined, /is left out: synth would say: /],
  [["ethtool: {metrics_include: rx}"], "ethtool", undefined, /no effect without device_include/],
  // The remote
  [[...remote, "  label: 1200000"], "remote.label", "1.2e+06", /in quotes, "1\.2e\+06", as it is sent today/],
  [[...remote, "  label: on"], "remote.label", "true", /in quotes, "true"/],
  [
    [...remote, "  label: lab"],
    "remote.secret",
    "telemetry",
    /azure_app_client_id, .* no right to read Secrets/,
  ],
  [[...remote, "  auth_type: OAuth"], "remote.auth_type", undefined, /OAuth2 is what the remote has anyway/],
  [[...remote, "  auth_type: mtls"], "remote.auth_type", "mtls", /scope: is left out/],
  [[...remote, "  auth_type: mtls"], "remote.secret", "telemetry", /ca\.crt, tls\.crt, tls\.key/],
  [
    ["remote: {label: lab, secret: a, auth_type: mtls}"],
    "remote",
    { label: "lab" },
    /without a URL of the remote/,
  ],
  // Resources
  [
    ["alloy: {resources: {limits: {memory: 2Gi}}}"],
    "resources.requests.memory",
    "2Gi",
    /is written as resources\.limits\.memory$/m,
  ],
  [
    ["alloy: {resources: {requests: {cpu: 4}}}"],
    "resources.limits.cpu",
    "none",
    /written as none: today there is none/,
  ],
  [
    ["alloy: {resources: {limits: {memory: 64Mi}}}"],
    "resources.limits",
    undefined,
    /left out: synth would say: /,
  ],
  [
    ["alloy: {resources: {limits: {ephemeral-storage: 1Gi}}}"],
    "resources",
    undefined,
    /time and memory are asked for/,
  ],
  [["alloy: {resources: {}}"], "resources", undefined, /the requests and limits of this project/],
  // The UI, and where the agent is
  [["alloy: {listenPort: 12346}"], "ui.port", 12346, /is written as ui\.port$/m],
  [["alloy: {listenPort: 12345}"], "ui", undefined, /the UI's port anyway/],
  [
    ["controller: {hostNetwork: false}"],
    "host_network",
    false,
    /is written as false, as controller\.hostNetwork/,
  ],
  [["controller: {dnsPolicy: Default}"], "controller", undefined, /follows from host_network/],
  [["controller: {type: deployment}"], "controller", undefined, /one agent on each node, and no deployment/],
  [
    ["controller: {updateStrategy: {rollingUpdate: {maxUnavailable: 20%}}}"],
    "max_unavailable",
    "20%",
    /is written as max_unavailable$/m,
  ],
  [
    ["controller: {updateStrategy: {type: OnDelete}}"],
    "controller.updateStrategy.type",
    "OnDelete",
    undefined,
  ],
  [["controller: {tolerations: []}"], "controller.tolerations", [], undefined],
  [["controller: {priorityClassName: ''}"], "controller.priorityClassName", "", undefined],
  [["controller: {minReadySeconds: 10}"], "controller", undefined, /the chart has it anyway/],
  [["rbac: {create: true}"], "rbac", undefined, /rights follow from the components/],
  // Images
  [["image: {tag: v1.18.1}"], "images.agent", "v1.18.1", /is written as images\.agent$/m],
  [["image: {tag: v1.9.2}"], "images", undefined, /image\.tag: is left out: synth would say: Alloy v1\.9\.2/],
  [
    [`image: {tag: v1.18.1, digest: ${"a".repeat(64)}}`],
    "images.agent",
    `v1.18.1@sha256:${"a".repeat(64)}`,
    /is written as images\.agent$/m,
  ],
  [[`image: {digest: ${"a".repeat(64)}}`], "images", undefined, /write images\.agent: VERSION@sha256/],
  [["image: {registry: mirror.example.com}"], "images.registry", "mirror.example.com", /of both images/],
  [
    ["image: {pullSecrets: [{name: pull}]}"],
    "images.pull_secrets",
    ["pull"],
    /is written as images\.pull_secrets$/m,
  ],
  [["image: {repository: own/alloy}"], "image", undefined, /npm run chart:record/],
  [
    ["configReloader: {image: {tag: v0.90.1}}"],
    "images.reloader",
    "v0.90.1",
    /is written as images\.reloader$/m,
  ],
  // What the chart takes beside
  [
    ["alloy: {extraEnv: [{name: GOGC, value: '80'}]}"],
    "alloy.extraEnv",
    [{ name: "GOGC", value: "80" }],
    undefined,
  ],
  [["alloy: {extraArgs: [--bogus]}"], "alloy", undefined, /extraArgs\[0\]: is left out: synth would say: /],
  [["alloy: {securityContext: {privileged: true}}"], "alloy.securityContext.privileged", true, undefined],
  [
    ["alloy: {configMap: {content: 'logging {}'}}"],
    "alloy",
    undefined,
    /a configuration of its own: none of it/,
  ],
  [["alloy: {storagePath: /tmp/alloy}"], "storage", undefined, /no path of the node/],
  [["alloy: {mounts: {varlog: true}}"], "alloy", undefined, /logs are read by the Kubernetes API/],
  [["fancy: {a: 1}"], "fancy", undefined, /neither a setting of today's, nor a value of Grafana's chart/],
  [
    ["alloy: {extraEnv: [{name: A, value: '{{ .x }}'}]}"],
    "alloy.extraEnv[0].value",
    undefined,
    /it has \{\{ \}\}/,
  ],
];

function at(text: string | undefined, key: string): unknown {
  const value: unknown = parse(text ?? "");
  const path = key.split(/[.[\]]+/).filter(Boolean);
  const last = path.at(-1) ?? "";
  const parent = path
    .slice(0, -1)
    .reduce<unknown>(
      (inner, part) => (Array.isArray(inner) ? inner[Number(part)] : valueAt(inner, [part])),
      value,
    );
  return isRecord(parent) && hasValue(parent, [last]) ? parent[last] : undefined;
}

test.each(rows)("%j becomes %s: %j", (lines, key, value, said) => {
  const base = lines.some((line) => line.startsWith("local")) ? [] : least;
  const { text, told, problems } = migrated([...base, ...lines]);
  expect(problems).toEqual([]);
  expect(at(text, key)).toEqual(value);
  if (said === undefined) {
    expect(told.filter((line) => /^\d/.test(line) && !/remote\.secret: stays/.test(line))).toEqual([]);
  } else {
    expect(told.join("\n")).toMatch(said);
  }
});

/** Where nothing takes OTLP, and what is written. */
const urls: readonly (readonly [lines: readonly string[], written: Readonly<Record<string, unknown>>])[] = [
  [
    ["logsEndpoint: http://loki-gateway.logs.svc/otlp"],
    { logsEndpoint: "http://loki-gateway.logs.svc/otlp/v1/logs" },
  ],
  [
    ["logsEndpoint: http://loki.logs.svc:3100/loki/api/v1/push"],
    { logsEndpoint: "http://loki.logs.svc:3100/otlp/v1/logs" },
  ],
  [
    ["logsEndpoint: http://loki-gateway.logs.svc"],
    { logsEndpoint: "http://loki-gateway.logs.svc/otlp/v1/logs" },
  ],
  [["metricsEndpoint: http://c.svc:4318/v1/metrics/"], { metricsEndpoint: "http://c.svc:4318/v1/metrics" }],
  [["metricsEndpoint: http://p.svc:9090"], { metricsEndpoint: "http://p.svc:9090/api/v1/otlp/v1/metrics" }],
  [
    ["metricsEndpoint: http://p.svc:9090/api/v1/otlp/"],
    { metricsEndpoint: "http://p.svc:9090/api/v1/otlp/v1/metrics" },
  ],
  [
    ["metricsEndpoint: http://p.svc:9090/api/v1/write"],
    { metricsEndpoint: "http://p.svc:9090/api/v1/otlp/v1/metrics" },
  ],
  [["endpoint: http://c.svc:4318/v1/metrics"], { endpoint: "http://c.svc:4318" }],
  [["endpoint: c.svc:4318"], { endpoint: "http://c.svc:4318" }],
  [
    ["endpoint: http://p.svc:9090/api/v1/otlp"],
    { metricsEndpoint: "http://p.svc:9090/api/v1/otlp/v1/metrics" },
  ],
  [["endpoint: http://c.example.com/own"], { endpoint: "http://c.example.com/own", any_path: true }],
];

test.each(urls)("of a destination, %j is corrected to %j", (lines, written) => {
  const { text, told, problems } = migrated(["local:", ...lines.map((line) => `  ${line}`)]);
  expect(problems).toEqual([]);
  expect(parse(text ?? "").local).toEqual(written);
  expect(told.filter((line) => line.startsWith("2:3: local."))).toHaveLength(1);
});

test("a URL that today's agent takes is not touched", () => {
  const { text, told } = migrated(["local:", "  endpoint: http://c.svc:4318/"]);
  expect(parse(text ?? "").local).toEqual({ endpoint: "http://c.svc:4318/" });
  expect(told.filter((line) => line.includes("local"))).toEqual([]);
});

describe("what only the operator can say keeps an environment from being written", () => {
  test.each<[string, readonly string[], readonly string[] | undefined, RegExp]>([
    ["no runtime", least, [], /^helmfile\.yaml:2:3: container_runtime: is missing/],
    [
      "an unknown runtime",
      least,
      ["container_runtime: cri-o"],
      /^helmfile\.yaml:5:9: container_runtime: .*write crio$/,
    ],
    [
      "no destination",
      ["scrape: {https: true}"],
      undefined,
      /local\.endpoint: is missing, as is every other URL/,
    ],
    [
      "no Secret",
      ["remote:", "  endpoint: https://a.example.com", "  scope: b"],
      undefined,
      /^1:1: remote\.secret: is missing/,
    ],
    [
      "no scope",
      ["remote:", "  endpoint: https://a.example.com", "  secret: b"],
      undefined,
      /^1:1: remote\.scope: is missing/,
    ],
    [
      "credentials over plain http",
      ["remote: {endpoint: 'http://a.example.com', secret: b, scope: c}"],
      undefined,
      /^1:10: remote\.endpoint: is plain http/,
    ],
    [
      "a password in a URL",
      ["local:", "  endpoint: http://me:hunter2@a.svc:4318"],
      undefined,
      /^2:3: local\.endpoint: holds credentials/,
    ],
    ["a tab", ["local:", "\tendpoint: a"], undefined, /^2:1: : is indented by a tab; use spaces$/],
    ["no colon", ["local:", "  endpoint http://a"], undefined, /local\.endpoint: is missing/],
  ])("%s", (_, values, state, problem) => {
    const { text, problems, told } = migrated(values, state);
    expect(text).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(JSON.stringify([problems, told])).not.toContain("hunter2");
  });
});
