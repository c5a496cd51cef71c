import { hasLabel, lacks } from "../../lib/contract/contract";
import { networkCollectors } from "../../lib/pipeline/sources/node-metrics";
import { ownMetrics } from "../../lib/pipeline/sources/own-metrics";
import { contractWith } from "../scripts/contract/contracts";

const local = { endpoint: "http://otlp.monitoring.svc:4318" };
const remote = { label: "lab" };

/** The labels of a metric, with the values that are known. */
function labelsOf(contract: ReturnType<typeof contractWith>, name: string) {
  return (contract.sent.get(name) ?? []).map(({ labels }) =>
    Object.fromEntries(
      [...labels].map(([label, values]) => [label, values.kind === "of" ? values.texts : values.kind]),
    ),
  );
}

describe("what an environment sends", () => {
  const contract = contractWith({
    local,
    remote,
    aistore: [
      { namespace: "ais", name: "ais" },
      { namespace: "trial", name: "b" },
    ],
  });

  test("has the labels that the pipeline gives", () => {
    expect(labelsOf(contract, "ais_target_get_count")).toEqual(
      [
        ["ais", "ais"],
        ["trial", "b"],
      ].map(([namespace, name]) => ({
        ais_cluster: [name],
        bucket: "any",
        cluster: ["lab"],
        component: ["proxy", "target"],
        instance: "rules",
        job: ["aistore"],
        namespace: [namespace],
        node: "any",
        node_id: "any",
        pod: "any",
      })),
    );
    expect(labelsOf(contract, "container_cpu_user_seconds_total")).toEqual([
      {
        cluster: ["lab"],
        container: "any",
        id: "any",
        image: "any",
        instance: "rules",
        job: ["integrations/cadvisor"],
        name: "any",
        namespace: "any",
        node: "any",
        pod: "any",
      },
    ]);
    expect(labelsOf(contract, "alloy_config_hash")).toEqual([
      {
        cluster: ["lab"],
        instance: "rules",
        job: ["integrations/alloy"],
        namespace: ["monitoring"],
        node: "any",
        pod: "any",
        sha256: "any",
      },
    ]);
  });

  test("is, of the agent itself, what is named, or all", () => {
    const own = (of: typeof contract) =>
      [...of.sent]
        .filter(([, metrics]) => metrics.some(({ record }) => record === "alloy"))
        .map(([name]) => name);
    expect(own(contract).toSorted()).toEqual(Object.keys(ownMetrics).toSorted());
    expect(lacks(contract, "otelcol_exporter_in_flight_requests")).toBe(true);
    const all = contractWith({ local, own_metrics: "all" });
    expect(own(all).length).toBeGreaterThan(100);
    expect(lacks(all, "otelcol_some_component_total")).toBe(false);
    expect(own(contractWith({ local, own_metrics: "none" }))).toEqual([]);
  });

  test("lacks the metrics of collectors that are off, and says why", () => {
    const whys = new Set(
      [...contract.missing].filter(([name]) => name.startsWith("node_")).map(([, why]) => why),
    );
    expect([...whys]).toEqual(
      expect.arrayContaining(networkCollectors.map((collector) => `the collector ${collector} is off`)),
    );
    expect(contract.sent.has("node_time_zone_offset_seconds")).toBe(false);
    const host = contractWith({ local, host_network: true, ethtool: { device_include: "^e" } });
    expect(host.sent.has("node_network_receive_bytes_total")).toBe(true);
    expect([...host.sent.keys()]).toContain("node_netstat_Tcp_RetransSegs");
    expect(host.missing.get("node_netstat_Ip_DefaultTTL")).toBe("the collector netstat is told other fields");
    expect([lacks(host, "node_ethtool_any"), lacks(contract, "node_ethtool_any")]).toEqual([false, true]);
  });

  test("is nothing where its destinations take nothing", () => {
    const logs = contractWith({ local: { logsEndpoint: "http://loki.monitoring.svc/otlp/v1/logs" } });
    expect([logs.sent.size, logs.logs.length > 0]).toEqual([0, true]);
    const metrics = contractWith({ local: { metricsEndpoint: "http://p.monitoring.svc/v1/metrics" } });
    expect([metrics.sent.size > 0, metrics.logs]).toEqual([true, []]);
  });

  test("has the attributes of logs, of which Loki makes streams and metadata", () => {
    const names = (kind: string) => contract.logs.filter((one) => one.kind === kind).map(({ name }) => name);
    expect(names("structured metadata")).toEqual([
      "cluster",
      "component",
      "controller_kind",
      "controller_name",
      "host.name",
      "k8s.container.image",
    ]);
    expect(names("stream label")).toContain("k8s.pod.name");
    expect(contract.logs.find(({ name }) => name === "cluster")?.values).toEqual({
      kind: "of",
      texts: ["lab"],
    });
  });
});

test("a label that stands for many is each of them", () => {
  const labels = new Map([["label_*", { kind: "any" as const }]]);
  expect([hasLabel({ labels }, "label_app"), hasLabel({ labels }, "labels")]).toEqual([true, false]);
});
