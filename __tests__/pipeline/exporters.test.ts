import { local, pipelineOf, textOf } from "./pipeline-of";

const remote = { secret: "alloy-remote", scope: "api://otlp/.default", label: "east" };

describe("a destination", () => {
  test("with a base URL alone names nothing else", () => {
    expect(textOf(pipelineOf({ local }), "otelcol.exporter.otlphttp.local_metrics")).toBe(
      [
        'otelcol.exporter.otlphttp "local_metrics" {',
        "\tclient {",
        '\t\tendpoint = "http://otlp.monitoring.svc:4318"',
        "\t}",
        "",
        "\tsending_queue {",
        "\t\tnum_consumers = 1",
        "\t\tqueue_size    = 33554432",
        '\t\tsizer         = "bytes"',
        "",
        "\t\tbatch {",
        "\t\t\tmin_size = 131072",
        "\t\t\tmax_size = 262144",
        '\t\t\tsizer    = "bytes"',
        "\t\t}",
        "\t}",
        "",
        "\tretry_on_failure {",
        '\t\tmax_elapsed_time = "0s"',
        "\t}",
        "}",
      ].join("\n"),
    );
  });

  test.each([
    ["metricsEndpoint", "metrics", "http://a.example.com/otlp/v1/metrics", "http://a.example.com/otlp"],
    ["logsEndpoint", "logs", "http://a.example.com/v1/logs", "http://a.example.com"],
    ["logsEndpoint", "logs", "http://a.example.com/logs/ingest", "http://a.example.com/logs/ingest"],
  ])(
    "with %s for %s %s alone has a base URL all the same, for the exporter to start",
    (name, signal, url, base) => {
      const exporter = textOf(
        pipelineOf({ local: { [name]: url, any_path: !url.includes("/v1/") } }),
        `otelcol.exporter.otlphttp.local_${signal}`,
      );
      expect(exporter).toContain(`\t\tendpoint = "${base}"\n`);
      expect(exporter).toContain(`\t${signal}_endpoint = "${url}"\n`);
    },
  );

  test("with OAuth2 reads client and secret from files of its Secret, for each token", () => {
    const token_url = "https://login.example.com/token";
    const pipeline = pipelineOf({ remote: { endpoint: "https://otlp.example.com", ...remote, token_url } });
    expect(textOf(pipeline, "otelcol.auth.oauth2.remote")).toBe(
      [
        'otelcol.auth.oauth2 "remote" {',
        '\tclient_id_file     = "/var/run/secrets/alloy/alloy-remote/azure_app_client_id"',
        '\tclient_secret_file = "/var/run/secrets/alloy/alloy-remote/azure_app_client_secret"',
        '\ttoken_url          = "https://login.example.com/token"',
        '\tscopes             = ["api://otlp/.default"]',
        "}",
      ].join("\n"),
    );
    expect(
      pipeline.requirements.filter(({ component }) => component === "otelcol.auth.oauth2.remote"),
    ).toContainEqual({
      component: "otelcol.auth.oauth2.remote",
      requirement: {
        kind: "secretFiles",
        secret: "alloy-remote",
        mountPath: "/var/run/secrets/alloy/alloy-remote",
        keys: ["azure_app_client_id", "azure_app_client_secret"],
      },
    });
  });
});

test("of the logs, the remote gets four namespaces, the local destination all", () => {
  const pipeline = pipelineOf({ local, remote: { endpoint: "https://otlp.example.com", ...remote } });
  expect(textOf(pipeline, "otelcol.processor.transform.cluster")).toContain(
    [
      "\t\tmetrics = [otelcol.exporter.otlphttp.local_metrics.input, otelcol.exporter.otlphttp.remote_metrics.input]",
      "\t\tlogs    = [otelcol.exporter.otlphttp.local_logs.input, otelcol.processor.filter.remote_namespaces.input]",
    ].join("\n"),
  );
});
