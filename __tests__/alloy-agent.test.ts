import { App } from "cdk8s";
import { AlloyAgent } from "../lib/alloy-agent";
import { Fields } from "../lib/workload/pod/rendered-container";
import { describeWithChart } from "./chart/fixtures/with-helm";
import { diagnosticsOf, environmentOf } from "./environment/reading";

/** The agent's container and the pod's volumes in an environment. */
function podOf(...lines: readonly string[]) {
  const agent = new AlloyAgent(new App(), environmentOf("container_runtime: crio", ...lines));
  const daemonSet = agent.toJson().find(({ kind }) => kind === "DaemonSet");
  const pod = new Fields(daemonSet, "DaemonSet").fields("spec", "template", "spec");
  const container = pod.maps("containers").find(({ name }) => name === "alloy") ?? {};
  return { volumes: pod.maps("volumes"), container };
}

const logs = "local: {logsEndpoint: http://a.example.com/v1/logs}";
const metrics = "local: {metricsEndpoint: http://a.example.com/v1/metrics}";
const disk = "local: {metricsEndpoint: http://a.example.com/v1/metrics, queue: {storage: disk}}";
const remote = "remote: {metricsEndpoint: https://a.example.com/v1/metrics, secret: a, auth_type: mtls}";

describe("the agent's storage path", () => {
  const onNode = (path: string) => ({ name: "storage", hostPath: { path, type: "DirectoryOrCreate" } });
  const inPod = { name: "storage", emptyDir: {} };

  test.each([
    ["positions", [logs], onNode("/var/lib/aistore-alloy/monitoring")],
    ["positions elsewhere", [logs, "storage: {path: /mnt/a}"], onNode("/mnt/a")],
    ["a queue on disk", [disk], onNode("/var/lib/aistore-alloy/monitoring")],
    ["the remote's queue", [remote], onNode("/var/lib/aistore-alloy/monitoring")],
    ["the remote's queue elsewhere", [remote, "storage: {path: /mnt/a}"], onNode("/mnt/a")],
    ["a queue in memory", [metrics], inPod],
    [
      "no queue",
      ["local: {metricsEndpoint: http://a.example.com/v1/metrics, queue: {storage: none}}"],
      inPod,
    ],
    ["previews forbidden", [remote, "stability: generally-available"], inPod],
    ["positions, forgotten", [logs, "storage: {path: none}"], inPod],
    ["queues, forgotten", [remote, "storage: {path: none}"], inPod],
  ])("is where what it keeps belongs: %s", (_, lines, volume) => {
    const { volumes, container } = podOf(...lines);
    expect(volumes.filter(({ name }) => name === "storage")).toEqual([volume]);
    const mountPath = "hostPath" in volume ? volume.hostPath.path : "/var/lib/aistore-alloy/monitoring";
    expect(container.volumeMounts).toContainEqual({ name: "storage", mountPath });
    expect(container.args).toContain(`--storage.path=${mountPath}`);
  });
});

describe("the agent's stability level", () => {
  test.each([
    [[logs], "generally-available"],
    [[logs, "stability: experimental"], "generally-available"],
    [[disk], "public-preview"],
    [[remote], "public-preview"],
    [[remote, "stability: generally-available"], "generally-available"],
    [[remote, "storage: {path: none}"], "generally-available"],
  ])("of %j is the lowest that runs it: %s", (lines, level) => {
    expect(podOf(...lines).container.args).toContain(`--stability.level=${level}`);
  });
});

describe("the agent's namespace", () => {
  const lines = [
    "container_runtime: crio",
    "local: {metricsEndpoint: http://collector:4318/v1/metrics, logsEndpoint: http://collector:4318/v1/logs}",
    "remote: {endpoint: https://otlp.example.com, secret: a, scope: b}",
    "secrets: {a: {from: external-secrets, store: c, key: d}}",
    "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: e}, data: {f: g}}]",
  ];
  const agentOf = (...more: readonly string[]) => new AlloyAgent(new App(), environmentOf(...lines, ...more));

  test("is where all of it is, and nothing is left of another", () => {
    const objects = agentOf("namespace: observability").toJson();
    const kinds = objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? metadata.name}`);
    expect(new Set(kinds)).toEqual(
      new Set([
        "ClusterRole aistore-alloy:observability:alloy",
        "ClusterRoleBinding aistore-alloy:observability:alloy",
        "ConfigMap observability",
        "DaemonSet observability",
        "ExternalSecret observability",
        "Namespace observability",
        "NetworkPolicy observability",
        "Service observability",
        "ServiceAccount observability",
      ]),
    );
    const text = JSON.stringify(objects);
    expect(text).not.toContain("monitoring");
    // The remote's logs, the agent's own log, the Service of one label, the binding, and what is kept on the node.
    for (const part of [
      '[\\"k8s.namespace.name\\"] != \\"observability\\"',
      'namespace=\\"observability\\", container=',
      '"kubernetes.io/metadata.name":"observability"',
      '"name":"alloy","namespace":"observability"',
      "/var/lib/aistore-alloy/observability",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("is no object of ours where others make it", () => {
    const kindsOf = (...more: readonly string[]) =>
      agentOf(...more)
        .toJson()
        .map(({ kind }) => kind);
    expect(kindsOf("create_namespace: false")).toEqual(kindsOf().filter((kind) => kind !== "Namespace"));
    expect(kindsOf()).toContain("Namespace");
  });

  test.each([
    [
      "namespace: kube-system",
      "x.yaml:6:1: namespace: is Kubernetes' own; write create_namespace: false too, or another",
    ],
    [
      "namespace: ais",
      "x.yaml:6:1: namespace: is AIStore's own; write create_namespace: false too, or another",
    ],
  ])("that others own is not made: %s", (line, message) => {
    expect(diagnosticsOf(...lines, line)).toEqual([message]);
    expect(diagnosticsOf(...lines, line, "create_namespace: false")).toEqual([]);
  });

  test("has no level to be set where others make it", () => {
    const level = "pod_security: privileged";
    expect(diagnosticsOf(...lines, "create_namespace: false", level)).toEqual([
      "x.yaml:7:1: pod_security: has no effect with create_namespace: false; remove one of the two",
    ]);
    expect(diagnosticsOf(...lines, "create_namespace: true", level)).toEqual([]);
  });
});

function noticesOf(...lines: readonly string[]): readonly string[] {
  const { notices } = new AlloyAgent(new App(), environmentOf("container_runtime: crio", ...lines));
  for (const { severity } of notices) expect(severity).toBe("notice");
  return notices.map(({ key, message }) => `${key}: ${message}`);
}

describeWithChart("of an agent that chart values call otherwise", () => {
  test("a node without one is told by its own DaemonSet", () => {
    const lines = [metrics, "controller: {nodeSelector: {a: b}}", "fullnameOverride: other"];
    const { ruleGroups } = new AlloyAgent(new App(), environmentOf("container_runtime: crio", ...lines));
    const rules = ruleGroups.flatMap((group) => group.rules);
    const told = rules.filter(({ alert }) => alert === "AlloyNodeWithoutAgent").map(({ expr }) => expr);
    expect(told).toEqual([expect.stringContaining('created_by_name="other"')]);
  });
});

test("what is asked of metrics that go nowhere is said to have no effect", () => {
  const lines = [
    "alerts: {as: prometheus-rule}",
    "dashboards: {as: config-map}",
    "own_metrics: all",
    "create_namespace: false",
  ];
  const noEffect = "has no effect, as no destination takes metrics";
  expect(noticesOf(logs, ...lines)).toEqual([
    `own_metrics: ${noEffect}, to which they could go; name one that does, or write none`,
    `alerts.as: ${noEffect}, by which alerts tell; name one that does, or write none`,
    `dashboards.as: ${noEffect}, which dashboards show; name one that does, or write none`,
  ]);
  expect(noticesOf(metrics, ...lines)).toEqual([]);
  // The defaults, which nobody has written.
  expect(noticesOf(logs, "create_namespace: false")).toEqual([]);
});

describe("the dashboards", () => {
  const dashboardsIn = (...lines: readonly string[]) =>
    new AlloyAgent(new App(), environmentOf("container_runtime: crio", ...lines))
      .toJson()
      .filter(({ kind, metadata }) => kind === "ConfigMap" && /dashboard/.test(metadata.name));

  test("are none that are not asked for", () => {
    expect(dashboardsIn(metrics)).toEqual([]);
  });

  test("are in ConfigMaps by whose labels Grafana finds them, each under a name that is a file's", () => {
    const lines = [metrics, "namespace: agents", "dashboards: {as: config-map}"];
    const labels = { grafana_dashboard: "1" };
    const found = dashboardsIn(...lines);
    expect(found.map(({ metadata }) => metadata)).toEqual([
      { name: "dashboard-aistore-alloy", namespace: "agents", labels },
      { name: "dashboard-aistore-clusters", namespace: "agents", labels },
    ]);
    expect(found.map(({ data }) => Object.keys(data))).toEqual([
      ["aistore-alloy.json"],
      ["aistore-clusters.json"],
    ]);
    expect(JSON.parse(found[0]?.data["aistore-alloy.json"]).uid).toBe("aistore-alloy");
  });

  test("have the labels that are said, and none where that is none", () => {
    const labelsOf = (labels: string) =>
      dashboardsIn(metrics, `dashboards: {as: config-map, labels: ${labels}}`)[0]?.metadata.labels;
    expect(labelsOf("{team: storage}")).toEqual({ team: "storage" });
    expect(labelsOf("{}")).toBeUndefined();
  });
});

describe("a level of the namespace that may be too low for others in it", () => {
  const none = "storage: {path: none}";

  test.each<[string, readonly string[]]>([
    ["restricted", [logs, none]],
    ["restricted", [logs, none, "namespace: agents"]],
  ])("is said: %s", (level, lines) => {
    const namespace = lines.includes("namespace: agents") ? "agents" : "monitoring";
    expect(noticesOf(...lines)).toEqual([
      `pod_security: is ${level} for all of namespace ${namespace}, as the agent needs no more: pods of others there that do, such as node-exporter's, are refused; write privileged if there are any, ${level} if not, or create_namespace: false`,
    ]);
  });

  test.each<[string, readonly string[]]>([
    ["the agent needs the highest", [metrics]],
    ["it is asked for", [logs, none, "pod_security: restricted"]],
    ["others make the namespace", [logs, none, "create_namespace: false"]],
  ])("is not said where %s", (_, lines) => {
    expect(noticesOf(...lines)).toEqual([]);
  });
});
