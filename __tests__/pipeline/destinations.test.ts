import { mistakesIn, pipelineOf, type Settings } from "./pipeline-of";

type Signal = "metrics" | "logs";

/** Every way to set the URLs of a destination, and the signals that then go there. */
const urls: readonly { readonly set: readonly string[]; readonly signals: readonly Signal[] }[] = [
  { set: [], signals: [] },
  { set: ["endpoint"], signals: ["metrics", "logs"] },
  { set: ["metricsEndpoint"], signals: ["metrics"] },
  { set: ["logsEndpoint"], signals: ["logs"] },
  { set: ["metricsEndpoint", "logsEndpoint"], signals: ["metrics", "logs"] },
  { set: ["endpoint", "metricsEndpoint"], signals: ["metrics", "logs"] },
  { set: ["endpoint", "logsEndpoint"], signals: ["metrics", "logs"] },
  { set: ["endpoint", "metricsEndpoint", "logsEndpoint"], signals: ["metrics", "logs"] },
];

const authentication: readonly Settings[] = [
  { scope: "s" },
  { scope: "s", token_url: "https://login.example.com/token" },
  { auth_type: "mtls" },
];

/** What a remote has beside the exporters of its signals, by what it reads of its Secret. */
function remoteComponents(auth: Settings): readonly string[] {
  const twoStages = [
    "local.file.STAGES",
    "otelcol.auth.bearer.STAGES",
    "otelcol.receiver.otlp.remote",
    "otelcol.exporter.otlphttp.remote_send",
  ];
  if ("auth_type" in auth) {
    return [...twoStages, "local.file.remote_ca", "local.file.remote_certificate", "local.file.remote_key"];
  }
  const client = "otelcol.auth.oauth2.remote";
  return "token_url" in auth ? [client] : [...twoStages, client, "local.file.remote_url"];
}

const combinations = urls.flatMap((local) =>
  urls.flatMap((remote) =>
    (remote.set.length === 0 ? [{}] : authentication).map((auth) => ({ local, remote, auth })),
  ),
);

function urlSettings(names: readonly string[], base: string): Settings {
  const paths: Readonly<Record<string, string>> = {
    metricsEndpoint: "/v1/metrics",
    logsEndpoint: "/v1/logs",
  };
  return Object.fromEntries(names.map((name) => [name, base + (paths[name] ?? "")]));
}

const metricSources = [
  "prometheus.exporter.unix.node",
  "prometheus.scrape.node",
  "prometheus.relabel.node",
  "prometheus.exporter.cadvisor.containers",
  "prometheus.scrape.containers",
  "prometheus.relabel.containers",
  "discovery.kubernetes.aistore_ais_IN_ais",
  "discovery.relabel.aistore_ais_IN_ais",
  "prometheus.scrape.aistore_ais_IN_ais",
  "prometheus.relabel.aistore_ais_IN_ais",
  "discovery.kubernetes.kube_state_metrics",
  "discovery.relabel.kube_state_metrics",
  "prometheus.scrape.kube_state_metrics",
  "prometheus.exporter.self.alloy",
  "prometheus.scrape.alloy",
  "prometheus.relabel.alloy",
  "otelcol.receiver.prometheus.alloy",
  "otelcol.receiver.prometheus.metrics",
  "otelcol.processor.memory_limiter.intake",
];

const logSources = [
  "discovery.kubernetes.pods",
  "discovery.relabel.pods",
  "loki.source.kubernetes.pods",
  "loki.process.own",
  "otelcol.receiver.loki.pods",
  "otelcol.processor.batch.pods",
  "otelcol.processor.groupbyattrs.pods",
  "otelcol.processor.transform.pod_log_attributes",
  "otelcol.processor.resourcedetection.environment",
  "otelcol.processor.transform.aistore_severity",
  "otelcol.processor.filter.noise",
];

describe("livedebugging", () => {
  test.each([
    [{}, false],
    [{ livedebugging: false }, false],
    [{ livedebugging: true }, true],
  ])("with %j is on: %s", (settings, on) => {
    const { components } = pipelineOf({
      local: urlSettings(["endpoint"], "http://a.example.com"),
      ...settings,
    });
    expect(components.some(({ address }) => address === "livedebugging")).toBe(on);
  });
});

describe("the components of each combination of destinations", () => {
  const withDestination = combinations.filter(
    ({ local, remote }) => local.set.length + remote.set.length > 0,
  );

  test("all of them are tried", () => {
    expect(withDestination).toHaveLength(8 * (1 + 7 * 3) - 1);
  });

  test.each(withDestination.map((one) => [describeCombination(one), one] as const))(
    "%s",
    (_, { local, remote, auth }) => {
      const pipeline = pipelineOf({
        local: urlSettings(local.set, "http://local.example.com"),
        remote: { ...urlSettings(remote.set, "https://remote.example.com"), secret: "s", ...auth },
      });
      const signals = new Set([...local.signals, ...remote.signals]);
      const expected = [
        "otelcol.processor.transform.cluster",
        ...(signals.has("metrics") ? metricSources : []),
        ...(signals.has("logs") ? logSources : []),
        ...local.signals.map((signal) => `otelcol.exporter.otlphttp.local_${signal}`),
        ...remote.signals.map((signal) => `otelcol.exporter.otlphttp.remote_${signal}`),
        ...(remote.signals.length > 0 ? ["otelcol.storage.file.queues"] : []),
        ...(remote.signals.length > 0 ? remoteComponents(auth) : []),
        ...(remote.signals.includes("logs") ? ["otelcol.processor.filter.remote_namespaces"] : []),
      ];
      expect(pipeline.components.map(({ address }) => address).toSorted()).toEqual(expected.toSorted());
      // Nothing dangles, nothing is unused, no signal goes where it is not taken.
      expect(mistakesIn(pipeline)).toEqual([]);
    },
  );
});

function describeCombination({ local, remote, auth }: (typeof combinations)[number]): string {
  return `local ${local.set.join(" ") || "-"}; remote ${remote.set.join(" ") || "-"} ${JSON.stringify(auth)}`;
}
