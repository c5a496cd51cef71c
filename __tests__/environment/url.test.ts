import { type UrlUse, urlMistakes } from "../../lib/environment/url";
import { problemsOf } from "./reading";

const uses = {
  "local.endpoint": { role: "base", credentials: false },
  "local.metricsEndpoint": { role: "metrics", credentials: false },
  "local.logsEndpoint": { role: "logs", credentials: false },
  "remote.endpoint": { role: "base", credentials: true, secret: "remote.secret" },
  "remote.metricsEndpoint": { role: "metrics", credentials: true, secret: "remote.secret" },
  "remote.token_url": { role: "token", credentials: true },
} as const satisfies Record<string, UrlUse>;

type Setting = keyof typeof uses;

const notAbsolute =
  "must be an absolute http:// or https:// URL; write it in full, such as http://otlp.example.com:4318";
const notAbsoluteHttps =
  "must be an absolute https:// URL; write it in full, such as https://otlp.example.com";
const credentials = "holds credentials, which the ConfigMap would show; write the URL without them";
const plainHttp = "is plain http, over which credentials could be read; write https://";
const grpc = "has port 4317, which is OTLP over gRPC; write the port of OTLP over HTTP, usually 4318";
const fragment = "has a fragment, which is never sent; write the URL without # and what follows";

/** The setting, a URL that is refused, why, and the nearest one that is taken. */
const cases: readonly (readonly [Setting, bad: string, says: string, good: string])[] = [
  ["local.endpoint", "otlp.example.com:4318", notAbsolute, "http://otlp.example.com:4318"],
  ["local.endpoint", "//otlp.example.com", notAbsolute, "https://otlp.example.com"],
  ["local.endpoint", "/api/v1/otlp", notAbsolute, "http://otlp.example.com/api/v1/otlp"],
  ["local.endpoint", "http:/otlp.example.com", notAbsolute, "http://otlp.example.com"],
  ["local.endpoint", "http://", notAbsolute, "http://otlp"],
  ["local.endpoint", "grpc://otlp.example.com", notAbsolute, "http://otlp.example.com"],
  ["local.endpoint", " http://otlp.example.com", notAbsolute, "http://otlp.example.com"],
  ["local.endpoint", "http://otlp.example.com/a b", notAbsolute, "http://otlp.example.com/a%20b"],
  ["local.endpoint", "http://otlp.example.com/%zz", notAbsolute, "http://otlp.example.com/%5a"],
  ["local.endpoint", "http://otlp.example.com:port", notAbsolute, "http://otlp.example.com:8080"],
  ["local.endpoint", "http://otlp.example.com:65536", notAbsolute, "http://otlp.example.com:65535"],
  ["local.endpoint", "http://{{.host}}", notAbsolute, "http://host"],
  ["local.endpoint", "http://[::1", notAbsolute, "http://[::1]:4318"],
  ["remote.endpoint", "otlp.example.com", notAbsoluteHttps, "https://otlp.example.com"],
  ["remote.token_url", "login.example.com", notAbsoluteHttps, "https://login.example.com/token?a=b"],
  ["local.endpoint", "http://user:hunter2@otlp.example.com", credentials, "http://otlp.example.com/@user"],
  ["local.endpoint", "user:hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  ["local.endpoint", "http:///user:hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  ["local.endpoint", "http:\\\\hunter2@otlp.example.com", credentials, "http://otlp.example.com"],
  [
    "remote.metricsEndpoint",
    "https://hunter2@otlp.example.com",
    `${credentials}, and name a Secret by remote.secret`,
    "https://otlp.example.com",
  ],
  ["remote.token_url", "https://user:hunter2@login.example.com", credentials, "https://login.example.com"],
  ["remote.endpoint", "http://otlp.example.com", plainHttp, "https://otlp.example.com"],
  ["remote.token_url", "http://login.example.com", plainHttp, "https://login.example.com"],
  ["local.endpoint", "http://otlp.example.com:4317", grpc, "http://otlp.example.com:4318"],
  ["remote.endpoint", "https://otlp.example.com:4317/otlp", grpc, "https://otlp.example.com/otlp"],
  ["local.endpoint", "http://otlp.example.com/#a", fragment, "http://otlp.example.com/"],
  ["local.logsEndpoint", "http://otlp.example.com/v1/logs#a", fragment, "http://otlp.example.com/v1/logs"],
  [
    "local.endpoint",
    "http://otlp.example.com/?tenant=hunter2",
    "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one",
    "http://otlp.example.com/",
  ],
  [
    "local.endpoint",
    "http://loki.example.com/loki/api/v1/push",
    "ends in /loki/api/v1/push, which takes Loki's own protocol; write the URL for OTLP, which ends in /otlp",
    "http://loki.example.com/otlp",
  ],
  [
    "local.logsEndpoint",
    "http://loki.example.com/loki/api/v1/push/",
    "ends in /loki/api/v1/push, which takes Loki's own protocol; write the URL for OTLP, which ends in /otlp/v1/logs",
    "http://loki.example.com/otlp/v1/logs",
  ],
  [
    "local.endpoint",
    "http://cortex.example.com/api/prom/push",
    "ends in /api/prom/push, which takes an older protocol of Loki and Cortex; write the URL for OTLP, which ends in /otlp",
    "http://cortex.example.com/otlp",
  ],
  [
    "local.metricsEndpoint",
    "http://prometheus.example.com/api/v1/write",
    "ends in /api/v1/write, which takes Prometheus remote write; write the URL for OTLP, which ends in /api/v1/otlp/v1/metrics",
    "http://prometheus.example.com/api/v1/otlp/v1/metrics",
  ],
  [
    "remote.endpoint",
    "https://mimir.example.com/api/v1/push",
    "ends in /api/v1/push, which takes Prometheus remote write; write the URL for OTLP, which ends in /otlp",
    "https://mimir.example.com/otlp",
  ],
  [
    "local.endpoint",
    "http://prometheus.example.com/api/v1/otlp/v1/metrics",
    "ends in /v1/metrics, which OTLP adds; write the base URL, without it, or use metricsEndpoint",
    "http://prometheus.example.com/api/v1/otlp",
  ],
  [
    "local.endpoint",
    "http://otlp.example.com/v1/logs/",
    "ends in /v1/logs, which OTLP adds; write the base URL, without it, or use logsEndpoint",
    "http://otlp.example.com/v1/logs/tenant",
  ],
  [
    "local.endpoint",
    "http://otlp.example.com/v1/traces",
    "ends in /v1/traces, which no signal here uses; write the base URL, without it",
    "http://otlp.example.com",
  ],
  [
    "local.metricsEndpoint",
    "http://otlp.example.com/v1/logs",
    "ends in /v1/logs, where logs go; write the URL for metrics, which ends in /v1/metrics",
    "http://otlp.example.com/v1/metrics",
  ],
  [
    "local.logsEndpoint",
    "http://otlp.example.com/v1/traces",
    "ends in /v1/traces, where traces go; write the URL for logs, which ends in /v1/logs",
    "http://otlp.example.com/v1/logs?tenant=a",
  ],
];

describe("a URL", () => {
  test.each(cases)("%s: %s", (setting, bad, says, good) => {
    expect(urlMistakes(bad, uses[setting])).toEqual([says]);
    expect(urlMistakes(good, uses[setting])).toEqual([]);
  });

  test("has each of its mistakes reported", () => {
    expect(urlMistakes("http://otlp.example.com:4317/v1/logs?a#b", uses["remote.endpoint"])).toEqual([
      plainHttp,
      fragment,
      grpc,
      "has a query, to which no path can be added; write metricsEndpoint and logsEndpoint, which may have one",
      "ends in /v1/logs, which OTLP adds; write the base URL, without it, or use logsEndpoint",
    ]);
  });

  test.each(cases.filter(([, bad]) => bad.includes("hunter2")))(
    "%s never shows what is secret in %s",
    (...row) => {
      const [setting, bad] = row;
      expect(urlMistakes(bad, uses[setting]).join()).not.toContain("hunter2");
    },
  );

  test("is reported at its setting", () => {
    expect(
      problemsOf("container_runtime: crio", "local:", "  endpoint: http://otlp.example.com:4317"),
    ).toEqual([`x.yaml:3:3: local.endpoint: ${grpc}`]);
  });

  test.each(["local", "remote"])("is checked in all places of %s", (section) => {
    const settings = ["endpoint", "metricsEndpoint", "logsEndpoint"].map((name) => `  ${name}: otlp`);
    const problems = problemsOf(
      "container_runtime: crio",
      `${section}:`,
      ...settings,
      "  secret: a",
      "  scope: a",
    );
    expect(problems.filter((line) => line.includes("must be an absolute"))).toHaveLength(3);
  });
});
