import { local, pipelineOf } from "./pipeline-of";

/** Where the components of a pipeline connect to, but for those of the metrics' sources. */
function hostsOf(settings: Parameters<typeof pipelineOf>[0]): readonly string[] {
  return pipelineOf(settings).requirements.flatMap(({ component, requirement }) => {
    if (requirement.kind !== "connection" || requirement.to.type !== "host") return [];
    const { host = "unknown", port } = requirement.to;
    return [`${component.split(".").at(-1)} ${host}:${port}`];
  });
}

describe("exporters connect", () => {
  test.each([
    ["http://otlp.monitoring.svc:4318", "otlp.monitoring.svc:4318"],
    ["http://otlp.monitoring.svc", "otlp.monitoring.svc:80"],
    ["https://otlp.example.com/otlp", "otlp.example.com:443"],
    ["https://[fd00::1]:8443", "[fd00::1]:8443"],
  ])("to the host and port of %s", (endpoint, expected) => {
    expect(hostsOf({ local: { endpoint } })).toEqual([`local_metrics ${expected}`, `local_logs ${expected}`]);
  });

  test("to a signal's own URL, and not to the common one", () => {
    const metricsEndpoint = "http://metrics.example.com:8080/otlp/v1/metrics";
    const logsEndpoint = "http://logs.example.com/otlp/v1/logs";
    expect(hostsOf({ local: { endpoint: "http://a.example.com", metricsEndpoint, logsEndpoint } })).toEqual([
      "local_metrics metrics.example.com:8080",
      "local_logs logs.example.com:80",
    ]);
  });

  test.each([
    ["https://login.example.com:8443/token", "remote_logs", "login.example.com:8443"],
    // It is in the Secret.
    [undefined, "remote_send", "unknown:443"],
  ])("and what authenticates them to where tokens come from: %s", (token_url, exporter, expected) => {
    const logsEndpoint = "https://otlp.example.com/v1/logs";
    const remote = { logsEndpoint, secret: "a", scope: "b", ...(token_url !== undefined && { token_url }) };
    expect(hostsOf({ remote })).toEqual([`remote ${expected}`, `${exporter} otlp.example.com:443`]);
  });
});

test("scrapes connect to the pods that are discovered for them", () => {
  const aistore = [
    { namespace: "ais", name: "ais" },
    { namespace: "lab", name: "train" },
  ];
  const pods = pipelineOf({ local, aistore }).requirements.flatMap(({ component, requirement }) =>
    requirement.kind === "connection" && requirement.to.type === "pods" ? [[component, requirement.to]] : [],
  );
  const component = ["proxy", "target"];
  expect(pods).toEqual([
    [
      "prometheus.scrape.aistore_ais_IN_ais",
      { type: "pods", namespace: "ais", labels: { app: ["ais"], component } },
    ],
    [
      "prometheus.scrape.aistore_train_IN_lab",
      { type: "pods", namespace: "lab", labels: { app: ["train"], component } },
    ],
    [
      "prometheus.scrape.kube_state_metrics",
      { type: "pods", labels: { "app.kubernetes.io/name": ["kube-state-metrics"] } },
    ],
  ]);
});
