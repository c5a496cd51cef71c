import { type Labels, trace } from "../../lib/testing";
import { describeTraces } from "../engines/describe";
import { pipelineOf } from "../pipeline/pipeline-of";

const aistore = [{ namespace: "ais", name: "ais" }];
const endpoint = "http://otlp.monitoring.svc:4318";
const pipeline = pipelineOf({
  aistore,
  local: { endpoint },
  destinations: { archive: { endpoint, log_namespaces: ["shop"] } },
  sources: { logs: { exclude_namespaces: ["lab"] } },
});

/** The records that destinations get of lines of a container's log. */
function sent(labels: Labels, ...lines: readonly string[]) {
  const run = trace(
    pipeline,
    { to: "loki.source.kubernetes.pods", logs: lines.map((line) => ({ line: `${line}\n`, labels })) },
    { environment: { HOSTNAME: "n1", OTEL_RESOURCE_ATTRIBUTES: "rack=7" } },
  );
  const at = (name: string) => run.arrived(`otelcol.exporter.otlphttp.${name}_logs.input`).records;
  return { local: at("local"), archive: at("archive") };
}

const target = {
  namespace: "ais",
  pod: "ais-target-0",
  container: "ais-node",
  controller_kind: "StatefulSet",
  controller_name: "ais-target",
  component: "target",
  node: "n1",
  service_name: "ais",
  instance: "ais/ais-target-0:ais-node",
  job: "loki.source.kubernetes.pods",
};

describeTraces("the pipeline's logs", () => {
  test("of AIStore have a severity, and a resource that is the container", () => {
    const { local, archive } = sent(target, "E 10:00:00.000000 disk is full");
    expect(local).toMatchObject([
      {
        body: "E 10:00:00.000000 disk is full",
        severityNumber: 17,
        severityText: "ERROR",
        resource: {
          "k8s.namespace.name": "ais",
          "k8s.pod.name": "ais-target-0",
          "k8s.container.name": "ais-node",
          "k8s.statefulset.name": "ais-target",
          "service.name": "ais",
          "service.namespace": "ais",
          "service.instance.id": "ais/ais-target-0:ais-node",
          "host.name": "n1",
          component: "target",
          cluster: "local",
          rack: "7",
        },
        attributes: {},
      },
    ]);
    expect(archive).toEqual([]);
  });

  test("keep JSON as it is, and lines of a stack trace apart, in their order", () => {
    const json = '{"name":"ais","level":"E"}';
    expect(sent(target, json).local).toMatchObject([{ body: json }]);
    expect(sent(target, json).local[0]?.severityText).toBeUndefined();
    const lines = ["W panic: no disk", "goroutine 1:", "\tmain.go:7"];
    expect(sent(target, ...lines).local.map(({ body }) => body)).toEqual(lines);
  });

  test("go by namespace", () => {
    const { local, archive } = sent({ ...target, namespace: "shop" }, "E not AIStore's");
    expect(archive).toEqual(local);
    expect(local[0]?.severityText).toBeUndefined();
  });

  test("are without noise", () => {
    const coredns = { ...target, namespace: "kube-system", container: "coredns" };
    const noise = "[WARNING] No files matching import glob pattern: /etc/coredns/custom/*.override";
    expect(sent(coredns, noise, "[INFO] ready").local.map(({ body }) => body)).toEqual(["[INFO] ready"]);
    expect(sent({ ...coredns, container: "other" }, noise).local).toHaveLength(1);
  });

  test("of namespaces that are left out are not read", () => {
    const read = (namespace: string) =>
      trace(pipeline, {
        to: "discovery.relabel.pods",
        targets: [{ __meta_kubernetes_namespace: namespace }],
      }).arrived("discovery.relabel.pods.output").targets;
    expect(read("lab")).toEqual([]);
    expect(read("lab-2")).toMatchObject([{ namespace: "lab-2" }]);
  });
});

describeTraces("the pipeline's samples", () => {
  const arrived = (source: string, labels: Labels & { readonly __name__: string }) =>
    trace(
      pipeline,
      { to: `prometheus.scrape.${source}`, samples: [{ labels, value: 3 }] },
      { environment: { HOSTNAME: "n1" } },
    ).arrived("otelcol.exporter.otlphttp.local_metrics.input").points;

  test("have the node, the job and the cluster", () => {
    expect(
      arrived("node", { __name__: "node_load1", job: "integrations/unix", instance: "n1" }),
    ).toMatchObject([
      {
        name: "node_load1",
        value: 3,
        attributes: { node: "n1", cluster: "local" },
        resource: { "service.name": "node-exporter", cluster: "local" },
      },
    ]);
  });

  test("are without what nobody reads", () => {
    expect(arrived("node", { __name__: "node_time_zone_offset_seconds", job: "j", instance: "i" })).toEqual(
      [],
    );
    expect(
      arrived("aistore_ais_IN_ais", { __name__: "ais_x", job: "aistore", instance: "i", xid: "k8l3" }),
    ).toMatchObject([{ attributes: { xid: "aggregated" } }]);
  });
});
