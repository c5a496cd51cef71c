import { readFileSync } from "node:fs";
import { type LogLine, trace } from "../../lib/testing";
import { describeTraces } from "../engines/describe";

const config = (name: string) => readFileSync(`examples/${name}.alloy`, "utf8");

describeTraces("namespace-logs", () => {
  const kept = (...logs: readonly LogLine[]) =>
    trace(config("namespace-logs"), { to: "loki.source.kubernetes.shop", logs }).arrived(
      "loki.write.shop.receiver",
    ).logs;

  test("makes a line of a JSON line, with a label, metadata and a time", () => {
    const line = '{"ts":"2026-01-05T10:00:00.123456789Z","level":"error","msg":"no cart","trace_id":"abc"}';
    expect(kept({ line, labels: { app: "cart" } })).toEqual([
      {
        line: "no cart",
        labels: { app: "cart", level: "error" },
        metadata: { trace_id: "abc" },
        timestamp: "2026-01-05T10:00:00.123456789Z",
      },
    ]);
  });

  test("leaves what is no JSON", () => {
    const logs = { line: "killed", labels: { app: "cart" }, timestamp: "2026-01-05T10:00:00Z" };
    expect(kept(logs)).toMatchObject([logs]);
  });

  test("drops what probes leave, and nothing like it", () => {
    const at = (path: string) => ({ line: JSON.stringify({ msg: path, request: { path } }) });
    expect(kept(at("/healthz"), at("/readyz"), at("/health")).map(({ line }) => line)).toEqual(["/health"]);
  });

  test("finds a pod's labels by its own relabeling", () => {
    const target = {
      __meta_kubernetes_namespace: "shop",
      __meta_kubernetes_pod_label_app_kubernetes_io_name: "cart",
      __meta_kubernetes_pod_container_name: "main",
    };
    const run = trace(config("namespace-logs"), { to: "discovery.relabel.shop", targets: [target] });
    expect(run.arrived("discovery.relabel.shop.output").targets).toEqual([
      { ...target, namespace: "shop", app: "cart", container: "main" },
    ]);
  });
});

describeTraces("kubernetes-events", () => {
  test("keeps what is unusual, by its kind", () => {
    const event = (reason: string) => ({
      line: JSON.stringify({ kind: "Pod", name: "cart-0", reason, type: "Warning" }),
    });
    const run = trace(config("kubernetes-events"), {
      to: "loki.source.kubernetes_events.cluster",
      logs: [event("Pulled"), event("BackOff")],
    });
    expect(run.arrived("loki.write.events.receiver").logs).toMatchObject([
      {
        ...event("BackOff"),
        labels: { kind: "Pod", reason: "BackOff", type: "Warning" },
        metadata: { name: "cart-0" },
      },
    ]);
  });
});

describeTraces("gpu-exporter", () => {
  test("keeps a tenth of the metrics, without what changes at restarts", () => {
    const sample = (__name__: string) => ({ labels: { __name__, gpu: "0", UUID: "GPU-1" }, value: 7 });
    const run = trace(config("gpu-exporter"), {
      to: "prometheus.scrape.gpu",
      samples: [sample("DCGM_FI_DEV_GPU_UTIL"), sample("DCGM_FI_DEV_SM_CLOCK")],
    });
    expect(run.arrived("prometheus.remote_write.gpu.receiver").samples).toMatchObject([
      { labels: { __name__: "DCGM_FI_DEV_GPU_UTIL", gpu: "0" }, value: 7 },
    ]);
    expect(run.arrived("prometheus.remote_write.gpu.receiver").samples[0]?.labels).not.toHaveProperty("UUID");
  });
});

describeTraces("application-traces", () => {
  test("leaves out spans of probes", () => {
    const span = (route: string) => ({ name: "GET", attributes: { "http.route": route } });
    const run = trace(config("application-traces"), {
      to: "otelcol.processor.filter.probes.input",
      spans: [span("/cart"), span("/healthz")],
    });
    expect(run.arrived("otelcol.exporter.otlphttp.tempo.input").spans).toMatchObject([span("/cart")]);
  });
});

describeTraces("node-journal", () => {
  test("leaves out what is said of containers", () => {
    const said = (unit: string) => ({ line: unit, labels: { job: "node-journal", unit } });
    const run = trace(config("node-journal"), {
      to: "loki.process.journal.receiver",
      logs: [said("kubelet.service"), said("cri-containerd-abc.scope")],
    });
    expect(run.arrived("loki.write.journal.receiver").logs).toMatchObject([said("kubelet.service")]);
  });
});

describeTraces("annotated-pods", () => {
  const address = (labels: Readonly<Record<string, string>>) =>
    trace(config("annotated-pods"), {
      to: "discovery.relabel.annotated",
      targets: [{ __address__: "10.0.0.1:80", ...labels }],
    }).arrived("discovery.relabel.annotated.output").targets[0]?.__address__;

  test.each([
    ["10.0.0.1", "10.0.0.1:9100"],
    ["fd00::1", "[fd00::1]:9100"],
  ])("are scraped at %s", (ip, scraped) => {
    const labels = {
      __meta_kubernetes_pod_annotation_prometheus_io_scrape: "true",
      __meta_kubernetes_pod_annotation_prometheus_io_port: "9100",
      __meta_kubernetes_pod_ip: ip,
    };
    expect(address(labels)).toBe(scraped);
    expect(address({ ...labels, __meta_kubernetes_pod_phase: "Failed" })).toBeUndefined();
    expect(address({ __meta_kubernetes_pod_ip: ip })).toBeUndefined();
  });
});
