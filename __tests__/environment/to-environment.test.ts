import { defaultChartVersion } from "../../lib/chart/render/pins";
import { formatDiagnostic } from "../../lib/environment/yaml/diagnostic";

const defaultResources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "2", memory: "1Gi" } };

import { environmentOf, least } from "./reading";
import { alone, beside, outside } from "./settings/deliveries";

const oauth2Keys = {
  clientId: "azure_app_client_id",
  clientSecret: "azure_app_client_secret",
  tokenUrl: "azure_token_url",
};
const mtlsKeys = { ca: "ca.crt", certificate: "tls.crt", key: "tls.key" };

const every = { scrapeInterval: "30s" };
const usual = {
  interfaceExclude:
    "^(veth.*|lo.*|cni.*|(cali|eni|azv|gke)[0-9a-f]{11}|lxc([0-9a-f]{12}|_health)|[0-9a-f]{15})$",
  diskInclude: "^(nvme\\d+|sd[a-z]+)",
  mountExclude: "^/(dev|var|proc|run|sys|tmp)($|/)",
};
const everySource = {
  ...every,
  node: { ...every, ...usual },
  cadvisor: { ...every, interfaceExclude: usual.interfaceExclude },
  aistore: every,
  kubeStateMetrics: {
    ...every,
    labels: { "app.kubernetes.io/name": "kube-state-metrics" },
    port: "http",
  },
  logs: { excludeNamespaces: [] },
};

describe("an environment", () => {
  test("has its defaults where nothing is set", () => {
    const { source, ...environment } = environmentOf(...least);
    expect(source.file).toBe("x.yaml");
    expect(environment).toEqual({
      name: "x",
      namespace: "monitoring",
      createNamespace: true,
      containerRuntime: "crio",
      runtimeSocket: "/run/crio/crio.sock",
      mountPropagation: "HostToContainer",
      hostNetwork: false,
      cluster: "local",
      sources: everySource,
      aistore: [{ namespace: "ais", name: "ais" }],
      destinations: [
        { name: "local", endpoint: "http://otlp.example.com:4318", auth: { type: "none" }, ...alone },
      ],
      secrets: [],
      storagePath: "/var/lib/aistore-alloy/monitoring",
      memoryLimit: 2 ** 30,
      memoryLimiter: true,
      notices: [],
      resources: defaultResources,
      ui: { expose: false },
      ownMetrics: "needed",
      alerts: { as: "file", labels: {} },
      dashboards: { as: "none", labels: { grafana_dashboard: "1" } },
      alloyFiles: [],
      alloyNeeds: new Map(),
      livedebugging: false,
      maxUnavailable: "10%",
      networkPolicy: true,
      apiServerPorts: [443, 6443],
      chartValues: {},
    });
  });

  test("takes what is empty as unset", () => {
    const unset = ["host_network:", "scrape:", "aistore:", "ethtool:", '  device_include: ""', "controller:"];
    const remote = [
      "remote:",
      '  endpoint: ""',
      "  metricsEndpoint:",
      "  logsEndpoint: ~",
      '  label: ""',
      '  auth_type: ""',
    ];
    const { source: _, ...environment } = environmentOf(...least, ...unset, ...remote);
    const { source: __, ...expected } = environmentOf(...least);
    expect(environment).toEqual(expected);
  });

  test("has everything that is set", () => {
    const { source: _, ...environment } = environmentOf(
      "container_runtime: docker",
      "runtime: {socket: /a/b.sock}",
      "mount_propagation: None",
      "host_network: true",
      "sources: {interface_exclude: ^lo$, node: {disk_include: ^vd, mount_exclude: ^/tmp, fs_type_exclude: ^nfs}, scrape_interval: 20s, kube_state_metrics: {enabled: false}, aistore: {scrape_interval: 1m}, logs: {exclude_namespaces: [a, b], since: 2026-03-31T12:00:00Z}}",
      "pod_security: privileged",
      "scrape: {https: true}",
      "aistore: [{namespace: a, name: b}, {namespace: c, name: d}]",
      "ethtool: {device_include: ens, metrics_include: rx}",
      "local: {endpoint: http://a, metricsEndpoint: http://b/v1/metrics, logsEndpoint: https://c/v1/logs}",
      "remote: {endpoint: https://d, metricsEndpoint: https://e/v1/metrics, logsEndpoint: https://f/v1/logs, label: g, secret: h, scope: i, token_url: https://j}",
      "own_metrics: all",
      "alerts: {as: prometheus-rule, labels: {release: prometheus}, docs: https://a/docs}",
      "dashboards: {as: config-map, labels: {team: storage}}",
      "alloy: {enableReporting: false}",
      "controller: {tolerations: [{operator: Exists}], podLabels: {a.b/c: d}}",
    );
    expect(environment).toEqual({
      name: "x",
      namespace: "monitoring",
      createNamespace: true,
      containerRuntime: "docker",
      runtimeSocket: "/a/b.sock",
      mountPropagation: "None",
      podSecurity: "privileged",
      hostNetwork: true,
      cluster: "g",
      sources: {
        scrapeInterval: "20s",
        node: {
          scrapeInterval: "20s",
          interfaceExclude: "^lo$",
          diskInclude: "^vd",
          mountExclude: "^/tmp",
          fsTypeExclude: "^nfs",
        },
        cadvisor: { scrapeInterval: "20s", interfaceExclude: "^lo$" },
        aistore: { scrapeInterval: "1m" },
        logs: { excludeNamespaces: ["a", "b"], since: Date.UTC(2026, 2, 31, 12) / 1000 },
      },
      aistore: [
        { namespace: "a", name: "b", tls: { verified: false } },
        { namespace: "c", name: "d", tls: { verified: false } },
      ],
      ethtool: { deviceInclude: "ens", metricsInclude: "rx" },
      destinations: [
        {
          name: "local",
          endpoint: "http://a",
          metricsEndpoint: "http://b/v1/metrics",
          logsEndpoint: "https://c/v1/logs",
          auth: { type: "none" },
          ...beside,
        },
        {
          name: "remote",
          endpoint: "https://d",
          metricsEndpoint: "https://e/v1/metrics",
          logsEndpoint: "https://f/v1/logs",
          auth: { type: "oauth2", secret: "h", scope: "i", tokenUrl: "https://j", keys: oauth2Keys },
          logNamespaces: ["a", "c", "kube-system", "monitoring", "ais-operator-system"],
          ...outside,
        },
      ],
      secrets: [],
      storagePath: "/var/lib/aistore-alloy/monitoring",
      memoryLimit: 2 ** 30,
      memoryLimiter: true,
      notices: [],
      resources: defaultResources,
      ui: { expose: false },
      ownMetrics: "all",
      alerts: { as: "prometheus-rule", labels: { release: "prometheus" }, docs: "https://a/docs" },
      dashboards: { as: "config-map", labels: { team: "storage" } },
      alloyFiles: [],
      alloyNeeds: new Map(),
      livedebugging: false,
      maxUnavailable: "10%",
      networkPolicy: true,
      apiServerPorts: [443, 6443],
      chartValues: {
        alloy: { enableReporting: false },
        controller: { tolerations: [{ operator: "Exists" }], podLabels: { "a.b/c": "d" } },
      },
    });
  });

  test.each([
    ["host_network: true", { deviceInclude: "ens" }, []],
    [
      "",
      undefined,
      [
        "x.yaml:5:11: ethtool.device_include: has no effect without host_network, as the node's interfaces are in its own network; write host_network: true, or remove ethtool",
      ],
    ],
  ])("with %j, ethtool's devices are %j", (line, ethtool, notices) => {
    const environment = environmentOf(...least, line, "ethtool: {device_include: ens}");
    expect(environment.ethtool).toEqual(ethtool);
    expect(environment.notices.map(formatDiagnostic)).toEqual(notices);
  });

  const digest = `sha256:${"0".repeat(64)}`;

  test.each([
    ["{registry: a.b/c, pull_secrets: [d, e]}", { registry: "a.b/c", pullSecrets: ["d", "e"] }],
    ["{agent: v1}", { pullSecrets: [], agent: { tag: "v1" } }],
    [`{agent: "${digest}"}`, { pullSecrets: [], agent: { digest } }],
    [`{reloader: "v2@${digest}"}`, { pullSecrets: [], reloader: { tag: "v2", digest } }],
  ])("runs the images that %s names", (text, images) => {
    expect(environmentOf(...least, `images: ${text}`).images).toEqual(images);
  });

  test("may have a version of the chart of its own", () => {
    expect(environmentOf(...least, `chart_version: ${defaultChartVersion}`).chartVersion).toBe(
      defaultChartVersion,
    );
  });

  test.each([
    ["true", true],
    ['"true"', true],
    ["'true'", true],
    ["false", false],
    ['"false"', false],
    ["", false],
  ])("scrape.https: %s", (text, https) => {
    expect(environmentOf(...least, "scrape:", `  https: ${text}`).aistore).toEqual([
      { namespace: "ais", name: "ais", ...(https && { tls: { verified: false } }) },
    ]);
  });

  test.each([
    [[], { type: "oauth2", secret: "a", scope: "b", keys: oauth2Keys }],
    [["  auth_type: oauth"], { type: "oauth2", secret: "a", scope: "b", keys: oauth2Keys }],
    [
      ["  keys: {client_id: c, client_secret: d, token_url: e}"],
      {
        type: "oauth2",
        secret: "a",
        scope: "b",
        keys: { clientId: "c", clientSecret: "d", tokenUrl: "e" },
      },
    ],
    [["  auth_type: mtls"], { type: "mtls", secret: "a", keys: mtlsKeys }],
  ])("authenticates at the remote by %j", (lines, auth) => {
    const remote = ["remote:", "  logsEndpoint: https://a/v1/logs", "  secret: a", "  scope: b"];
    expect(environmentOf(...least, ...remote, ...lines).destinations[1]).toEqual({
      name: "remote",
      logsEndpoint: "https://a/v1/logs",
      auth,
      logNamespaces: ["ais", "kube-system", "monitoring", "ais-operator-system"],
      ...outside,
    });
  });

  test("may send to a remote only", () => {
    const remote = ["remote:", "  endpoint: https://a", "  secret: a", "  auth_type: mtls"];
    const { destinations } = environmentOf("container_runtime: crio", ...remote);
    expect(destinations.map(({ name }) => name)).toEqual(["remote"]);
  });
});
