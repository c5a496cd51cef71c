import fc from "fast-check";
import { stringify } from "yaml";
import { headerValue } from "../../pipeline/random-settings";
import { environmentOf, least } from "../reading";
import { outside } from "./deliveries";

function destinationOf(...lines: readonly string[]) {
  const { destinations } = environmentOf(
    ...least,
    "destinations:",
    "  archive:",
    "    endpoint: https://a",
    ...lines.map((line) => `    ${line}`),
  );
  return destinations[1];
}

const archive = { name: "archive", endpoint: "https://a", ...outside };

describe("a destination", () => {
  test("has no more than a URL where nothing else is set", () => {
    expect(destinationOf("tls:", "headers:", "  X-A:", "compression:")).toEqual({
      ...archive,
      auth: { type: "none" },
    });
  });

  test("has everything that is set", () => {
    const lines = [
      "metricsEndpoint: https://b/v1/metrics",
      "logsEndpoint: https://c/v1/logs",
      "tls: {ca_secret: d, ca_key: e, server_name: f}",
      "headers: {X-A: g}",
      "compression: zstd",
      "log_namespaces: [h]",
    ];
    expect(destinationOf(...lines)).toEqual({
      ...archive,
      metricsEndpoint: "https://b/v1/metrics",
      logsEndpoint: "https://c/v1/logs",
      auth: { type: "none" },
      tls: { ca: { secret: "d", key: "e" }, serverName: "f" },
      headers: { "X-A": "g" },
      compression: "zstd",
      logNamespaces: ["h"],
    });
  });

  test.each([
    ["http://otel.monitoring.svc:4318", "memory"],
    ["https://otel.monitoring.svc.cluster.local/otlp", "memory"],
    ["http://otel.monitoring.svc.cluster.local.", "memory"],
    ["https://otel.svc.example.com", "disk"],
    ["https://svc.example.com/otel.svc/", "disk"],
    ["https://otlp.example.com", "disk"],
  ])("by default keeps what waits for %s on %s, by whether that is inside the cluster", (url, storage) => {
    const { destinations } = environmentOf(
      ...least,
      `destinations: {a: {logsEndpoint: "${url}", any_path: true}}`,
    );
    expect(destinations[1]?.queue.storage).toBe(storage);
  });

  test("is outside with one URL that is", () => {
    const urls = "metricsEndpoint: http://a.b.svc/v1/metrics, logsEndpoint: https://a.example.com/v1/logs";
    const { destinations } = environmentOf(...least, `destinations: {a: {${urls}}}`);
    expect(destinations[1]?.queue.storage).toBe("disk");
  });

  test("finds a CA where cert-manager and Kubernetes put it", () => {
    expect(destinationOf("tls: {ca_secret: a}")).toMatchObject({
      tls: { ca: { secret: "a", key: "ca.crt" } },
    });
  });

  const oauth2 = {
    clientId: "azure_app_client_id",
    clientSecret: "azure_app_client_secret",
    tokenUrl: "azure_token_url",
  };

  test.each([
    ["type: oauth2, scope: b", { type: "oauth2", scope: "b", keys: oauth2 }],
    [
      "type: oauth2, scope: b, token_url: https://c, keys: {client_id: d}",
      { type: "oauth2", scope: "b", tokenUrl: "https://c", keys: { ...oauth2, clientId: "d" } },
    ],
    ["type: mtls", { type: "mtls", keys: { ca: "ca.crt", certificate: "tls.crt", key: "tls.key" } }],
    [
      "type: mtls, keys: {certificate: a, ca:}",
      { type: "mtls", keys: { ca: "ca.crt", certificate: "a", key: "tls.key" } },
    ],
    ["type: bearer", { type: "bearer", keys: { token: "token" } }],
    [
      "type: bearer, header: X-Key",
      { type: "bearer", header: "X-Key", scheme: "", keys: { token: "token" } },
    ],
    [
      "type: bearer, header: authorization",
      { type: "bearer", header: "authorization", keys: { token: "token" } },
    ],
    ["type: bearer, scheme: none", { type: "bearer", scheme: "", keys: { token: "token" } }],
    [
      "type: bearer, header: X-Key, scheme: Key, keys: {token: t}",
      { type: "bearer", header: "X-Key", scheme: "Key", keys: { token: "t" } },
    ],
    ["type: basic", { type: "basic", keys: { username: "username", password: "password" } }],
  ])("authenticates by %s", (text, auth) => {
    expect(destinationOf(`auth: {secret: a, ${text}}`)?.auth).toEqual({ secret: "a", ...auth });
  });

  test("stands after local and remote, in the order of the file", () => {
    const { destinations } = environmentOf(
      "destinations: {z: {endpoint: http://a}, b: {endpoint: http://b}}",
      "remote: {endpoint: https://a, secret: b, auth_type: mtls}",
      ...least,
    );
    expect(destinations.map(({ name }) => name)).toEqual(["local", "remote", "z", "b"]);
  });

  test("local and remote have TLS, headers and compression too", () => {
    const transport = "tls: {server_name: a}, headers: {X-A: b}, compression: none";
    const { destinations } = environmentOf(
      "container_runtime: crio",
      `local: {endpoint: https://a, ${transport}, log_namespaces: [c]}`,
      `remote: {endpoint: https://a, secret: b, auth_type: mtls, ${transport}}`,
    );
    const expected = { tls: { serverName: "a" }, headers: { "X-A": "b" }, compression: "none" };
    expect(destinations).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
    expect(destinations[0]?.logNamespaces).toEqual(["c"]);
  });

  test("has header values as they are written, whatever they hold", () => {
    fc.assert(
      fc.property(headerValue, (value) => {
        const settings = { destinations: { archive: { endpoint: "https://a", headers: { "X-A": value } } } };
        const { destinations } = environmentOf(...least, stringify(settings));
        expect(destinations[1]?.headers).toEqual({ "X-A": value });
      }),
      { numRuns: 200 },
    );
  });
});
