import { diagnosticsOf, least } from "../reading";

const named = (...lines: readonly string[]) => [
  ...least,
  "destinations:",
  "  archive:",
  ...lines.map((line) => `    ${line}`),
];
const https = "endpoint: https://a.example.com";
const remote = [...least, "remote:", "  endpoint: https://a.example.com", "  secret: a"];
const basic = "auth: {type: basic, secret: a}";
const at = "destinations.archive";

/** What settings together do wrong, and the nearest that do not. */
const cases: readonly (readonly [
  name: string,
  bad: readonly string[],
  says: readonly string[],
  good: readonly string[],
])[] = [
  [
    "a destination without a URL",
    named("headers: {a: b}"),
    [
      `x.yaml:5:3: ${at}.endpoint: is missing, as are metricsEndpoint and logsEndpoint, so that nothing is sent there; write one of them, or remove the destination`,
    ],
    named("headers: {a: b}", "logsEndpoint: https://a.example.com/v1/logs"),
  ],
  [
    "a destination with nothing below it, beside no other",
    ["container_runtime: crio", "destinations:", "  archive:"],
    [
      `x.yaml:3:3: ${at}.endpoint: is missing, as are metricsEndpoint and logsEndpoint, so that nothing is sent there; write one of them, or remove the destination`,
    ],
    ["container_runtime: crio", "destinations:", "  archive: {endpoint: http://a}"],
  ],
  [
    "no destination at all",
    ["container_runtime: crio", "destinations: {}"],
    [
      "x.yaml:1:1: local.endpoint: is missing, as is every other URL, so that nothing is sent; write it, or remote.endpoint",
    ],
    ["container_runtime: crio", "destinations: {a: {endpoint: http://a}}"],
  ],
  [
    "credentials over plain http",
    named("endpoint: http://a", "logsEndpoint: http://a/v1/logs", basic),
    [
      `x.yaml:6:5: ${at}.endpoint: is plain http, over which credentials could be read; write https://`,
      `x.yaml:7:5: ${at}.logsEndpoint: is plain http, over which credentials could be read; write https://`,
    ],
    named("endpoint: https://a", "logsEndpoint: https://a/v1/logs", basic),
  ],
  [
    "credentials in a URL",
    named("endpoint: https://hunter2@a.example.com"),
    [
      `x.yaml:6:5: ${at}.endpoint: holds credentials, which the ConfigMap would show; write the URL without them, and name a Secret by auth.secret`,
    ],
    named("endpoint: http://a.example.com"),
  ],
  [
    "TLS over plain http",
    named("endpoint: http://a", "tls: {server_name: b}"),
    [`x.yaml:7:5: ${at}.tls: has no effect over plain http; write https:// URLs, or remove this`],
    named("endpoint: http://a", "tls: {server_name: b}", "logsEndpoint: https://a/v1/logs"),
  ],
  [
    "TLS over plain http inside the cluster",
    [...least, "  tls: {ca_secret: b}"],
    ["x.yaml:4:3: local.tls: has no effect over plain http; write https:// URLs, or remove this"],
    ["container_runtime: crio", "local: {endpoint: https://a, tls: {ca_secret: b}}"],
  ],
  [
    "a CA's key without its Secret",
    named(https, "tls: {ca_key: b}"),
    [`x.yaml:7:11: ${at}.tls.ca_key: has no effect without tls.ca_secret; write that too, or remove this`],
    named(https, "tls: {ca_key: b, ca_secret: c}"),
  ],
  [
    "two CAs",
    named(https, "auth: {type: mtls, secret: a, keys: {ca: b}}", "tls: {ca_secret: c}"),
    [`x.yaml:7:42: ${at}.auth.keys.ca: has no effect beside tls.ca_secret; remove one of the two`],
    named(https, "auth: {type: mtls, secret: a, keys: {key: b}}", "tls: {ca_secret: c}"),
  ],
  [
    "two token URLs",
    named(https, "auth: {type: oauth2, secret: a, scope: b, token_url: https://c, keys: {token_url: d}}"),
    [`x.yaml:7:76: ${at}.auth.keys.token_url: has no effect beside auth.token_url; remove one of the two`],
    named(https, "auth: {type: oauth2, secret: a, scope: b, token_url: https://c, keys: {client_id: d}}"),
  ],
  [
    "two token URLs of the remote",
    [...remote, "  scope: a", "  token_url: https://c", "  keys: {token_url: d}"],
    ["x.yaml:9:10: remote.keys.token_url: has no effect beside token_url; remove one of the two"],
    [...remote, "  scope: a", "  keys: {token_url: d}"],
  ],
  [
    "OAuth2's keys for mTLS",
    [...remote, "  auth_type: mtls", "  keys: {client_id: d}"],
    [
      "x.yaml:8:3: remote.keys: has no effect with mtls; remove it, or write a destination below destinations",
    ],
    [...remote, "  auth_type: oauth", "  scope: a", "  keys: {client_id: d}"],
  ],
  [
    "namespaces of logs that go nowhere",
    named("metricsEndpoint: https://a/v1/metrics", "log_namespaces: [b]"),
    [
      `x.yaml:7:5: ${at}.log_namespaces: has no effect, as no logs go there; write logsEndpoint too, or remove this`,
    ],
    named("endpoint: https://a", "log_namespaces: [b]"),
  ],
  [
    "several headers, each wrong in its way",
    named(
      "endpoint: https://a",
      'headers: {X-A: "a\\nb", X-B: 1, Authorization: hunter2, x-a: c, Content-Type: d}',
    ),
    [
      `x.yaml:7:15: ${at}.headers.X-A: holds a control character, such as a line end, which would end the header; remove it`,
      `x.yaml:7:28: ${at}.headers.X-B: must be a string, is a number; put it in quotes`,
      `x.yaml:7:36: ${at}.headers.Authorization: carries credentials, which the ConfigMap would show; remove it, and write auth with type: bearer or basic`,
      `x.yaml:7:60: ${at}.headers.x-a: is the header X-A again; remove one of the two`,
      `x.yaml:7:68: ${at}.headers.Content-Type: is set by the exporter; remove it`,
    ],
    named("endpoint: https://a", 'headers: {X-A: "a", X-B: "1"}'),
  ],
  [
    "what becomes of logs that go nowhere",
    named("metricsEndpoint: https://a/v1/metrics", "queue: {when_full: drop}", "log_namespaces: []"),
    [
      `x.yaml:7:13: ${at}.queue.when_full: has no effect, as no logs go there; write logsEndpoint too, or remove this`,
      `x.yaml:8:5: ${at}.log_namespaces: names no namespace; leave it out for all logs, or name one`,
    ],
    named("logsEndpoint: https://a/v1/logs", "queue: {when_full: drop}"),
  ],
];

describe("settings of destinations together", () => {
  test.each(cases)("%s", (_, bad, says, good) => {
    expect(diagnosticsOf(...bad)).toEqual(says);
    expect(diagnosticsOf(...good)).toEqual([]);
  });

  test.each([
    ["a URL that is wrong", "endpoint: [a]", basic],
    [
      "a URL of plain http that is wrong otherwise too",
      "endpoint: http://a#",
      basic,
      "tls: {ca_key: b, ca_secret: c}",
    ],
    ["a misspelt URL", "endpont: https://a"],
    ["a misspelt type", https, "auth: {type: basci, secret: a}"],
    ["a wrong CA's Secret", https, "tls: {ca_secret: 1, ca_key: b}"],
  ])("%s is one mistake of its own", (_, ...lines) => {
    expect(diagnosticsOf(...named(...lines)).filter((line) => !line.includes("plain http"))).toHaveLength(1);
  });

  test("every mistake of every destination is reported at once", () => {
    const lines = ["  b: {endpoint: http://b, auth: {type: bearer, secret: B}}", "  c: {}"];
    expect(
      diagnosticsOf(...named("endpoint: a"), ...lines).map((line) => line.replace(/(\w: ).*/, "$1")),
    ).toHaveLength(4);
  });
});
