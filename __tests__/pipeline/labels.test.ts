import { readFileSync } from "node:fs";
import type { AistorePipeline } from "../../lib/pipeline";
import { networkCollectors } from "../../lib/pipeline/sources/node-metrics";
import { describeWithProgram } from "../engines/describe";
import { describeWithEngines } from "../engines/engines";
import { describeWithPrometheus, type Labels, rulesOf } from "../engines/prometheus";
import { local, pipelineOf, type Settings } from "./pipeline-of";

describeWithEngines("the labels of metrics", (engines) => {
  describeWithPrometheus("by Prometheus' own rules", (prometheus) => {
    /** What the rules of a component leave of series, on the node `node-1`. */
    async function relabelled(pipeline: AistorePipeline, address: string, ...series: readonly Labels[]) {
      const config = await engines.evaluate(pipeline.toString());
      if (!config.ok) throw new Error(config.error);
      const block = config.value.blocks.find(({ name, label }) => `${name}.${label}` === address);
      if (block === undefined) throw new Error(`the pipeline has no ${address}`);
      const answer = await prometheus.relabel(rulesOf(block, "node-1"), series);
      if (!answer.ok) throw new Error(answer.error);
      return answer.value;
    }

    /** The labels that are no target's own: those without two underscores first. */
    function kept(labels: Labels | null | undefined): Labels {
      return Object.fromEntries(Object.entries(labels ?? {}).filter(([name]) => !name.startsWith("__")));
    }

    const withHost = pipelineOf({ local, host_network: true });
    const withoutHost = pipelineOf({ local });

    test.each([
      ["the host's network", withHost, "node-1.example.com"],
      // It is the pod's name otherwise.
      ["a network of the pod's own", withoutHost, "node-1"],
    ])("node_uname_info has the node's name in %s", async (_, pipeline, nodename) => {
      const uname = { __name__: "node_uname_info", instance: "node-1", job: "integrations/unix" };
      const own = nodename === "node-1" ? "alloy-x7k2p" : nodename;
      expect(
        await relabelled(pipeline, "prometheus.relabel.node", { ...uname, nodename: own, release: "6.8" }),
      ).toEqual([{ ...uname, job: "node-exporter", node: "node-1", nodename, release: "6.8" }]);
    });

    test("a metric without the host's name gets none", async () => {
      const load = { __name__: "node_load1", instance: "node-1", job: "integrations/unix" };
      expect(await relabelled(withoutHost, "prometheus.relabel.node", load)).toEqual([
        { ...load, job: "node-exporter", node: "node-1" },
      ]);
    });

    test.each([
      ["node_selinux_config_mode", "node_selinux_current_mode"],
      ["node_time_zone_offset_seconds", "node_time_seconds"],
    ])("%s is that of Alloy's image and not sent, %s is the node's", async (ofImage, ofNode) => {
      const series = [ofImage, ofNode].map((name) => ({ __name__: name }));
      expect(await relabelled(withHost, "prometheus.relabel.node", ...series)).toEqual([
        null,
        { __name__: ofNode, job: "node-exporter", node: "node-1" },
      ]);
    });

    test("a container's metrics have its names, and the node", async () => {
      const cpu = { __name__: "container_cpu_usage_seconds_total", id: "/kubepods/a", instance: "node-1" };
      const series = {
        ...cpu,
        container_label_io_kubernetes_container_name: "ais-node",
        container_label_io_kubernetes_pod_namespace: "ais",
        container_label_io_kubernetes_pod_name: "ais-target-0",
      };
      expect(await relabelled(withHost, "prometheus.relabel.containers", series, cpu)).toEqual([
        { ...cpu, container: "ais-node", namespace: "ais", pod: "ais-target-0", node: "node-1" },
        { ...cpu, node: "node-1" },
      ]);
    });

    test("the system of Alloy's image is not the node's", async () => {
      const version = { __name__: "cadvisor_version_info", kernelVersion: "6.8", osVersion: "Ubuntu 24.04" };
      expect(await relabelled(withHost, "prometheus.relabel.containers", version)).toEqual([
        { __name__: version.__name__, kernelVersion: "6.8", node: "node-1" },
      ]);
    });

    test("the pods of namespaces whose logs are left out are no targets, and all others are", async () => {
      const pipeline = pipelineOf({ local, sources: { logs: { exclude_namespaces: ["kube-system", "a"] } } });
      const namespaces = ["kube-system", "kube-system-2", "ais", "a", "ab"];
      const targets = namespaces.map((name) => ({ __meta_kubernetes_namespace: name }));
      const left = await relabelled(pipeline, "discovery.relabel.pods", ...targets);
      expect(left.map((labels) => labels?.namespace)).toEqual([
        undefined,
        "kube-system-2",
        "ais",
        undefined,
        "ab",
      ]);
    });

    describe("of AIStore", () => {
      const clusters: Settings["aistore"] = [
        { namespace: "ais", name: "ais" },
        { namespace: "ais-trial", name: "ais" },
        { namespace: "ais-trial", name: "second" },
      ];
      const pipeline = pipelineOf({ local, aistore: clusters });

      /** A pod's container as `discovery.kubernetes` finds it. */
      const found = (namespace: string, app: string, container = "ais-node") => ({
        __address__: "10.0.0.7:51081",
        __meta_kubernetes_namespace: namespace,
        __meta_kubernetes_pod_name: `${app}-target-0`,
        __meta_kubernetes_pod_container_name: container,
        __meta_kubernetes_pod_label_app: app,
        __meta_kubernetes_pod_label_component: "target",
      });

      test.each([
        ["ais", "ais"],
        ["ais-trial", "ais"],
        ["ais-trial", "second"],
      ])("tell namespace %s and cluster %s apart from others", async (namespace, app) => {
        const address = `discovery.relabel.aistore_${app}_IN_${namespace.replace("-", "_")}`;
        const [target] = await relabelled(pipeline, address, found(namespace, app));
        expect(kept(target)).toEqual({
          namespace,
          ais_cluster: app,
          node: "node-1",
          pod: `${app}-target-0`,
          component: "target",
        });
      });

      test("come of the container ais-node alone", async () => {
        const address = "discovery.relabel.aistore_ais_IN_ais";
        expect(await relabelled(pipeline, address, found("ais", "ais", "sidecar"))).toEqual([null]);
      });

      test("have the target's labels on every series, with no transaction's id", async () => {
        const series = { __name__: "ais_target_get_count", namespace: "ais", bucket: "ais://b" };
        expect(
          await relabelled(
            pipeline,
            "prometheus.relabel.aistore_ais_IN_ais",
            { ...series, xid: "Kqe4Y2" },
            { ...series, xid: "" },
            series,
          ),
        ).toEqual([{ ...series, xid: "aggregated" }, series, series]);
      });
    });

    test("the agent's own have its pod, and those that tell nothing apart have no more labels", async () => {
      const own = { component_path: "/", instance: "node-1", job: "integrations/self", otel_scope_name: "x" };
      const queue = { ...own, __name__: "otelcol_exporter_queue_size", exporter: "otlphttp/x" };
      const of = (component_id: string, data_type: string) => ({ ...queue, component_id, data_type });
      const series = [
        of("otelcol.exporter.otlphttp.local_logs", "logs"),
        of("otelcol.exporter.otlphttp.local_logs", "metrics"),
        of("otelcol.exporter.otlphttp.local_metrics", "traces"),
        { ...own, __name__: "go_goroutines" },
      ];
      const labels = {
        instance: "node-1",
        job: "integrations/alloy",
        node: "node-1",
        namespace: "monitoring",
      };
      const address = "prometheus.relabel.alloy";
      expect(await relabelled(withoutHost, address, ...series)).toEqual([
        {
          __name__: queue.__name__,
          component_id: "otelcol.exporter.otlphttp.local_logs",
          data_type: "logs",
          ...labels,
          pod: "node-1",
        },
        null,
        null,
        null,
      ]);
      const all = pipelineOf({ local, own_metrics: "all" });
      expect(await relabelled(all, address, ...series)).toEqual(
        series.map(({ otel_scope_name: _, ...kept }) => ({ ...kept, ...labels, pod: "node-1" })),
      );
    });

    test("of Kubernetes' objects are those of kube-state-metrics: none is written over", async () => {
      const port = {
        __address__: "10.0.0.9:8080",
        __meta_kubernetes_namespace: "monitoring",
        __meta_kubernetes_pod_name: "kube-state-metrics-0",
        __meta_kubernetes_pod_node_name: "node-1",
        __meta_kubernetes_pod_container_port_name: "http",
      };
      const address = "discovery.relabel.kube_state_metrics";
      const [http, telemetry] = await relabelled(withHost, address, port, {
        ...port,
        __meta_kubernetes_pod_container_port_name: "telemetry",
      });
      // A target's label would turn the object's own into exported_namespace, exported_pod and exported_node.
      expect(kept(http)).toEqual({});
      expect(telemetry).toBeNull();
    });
  });
});

describe("docs/labels.md", () => {
  const [, collectors = ""] =
    /### What the node's collectors read\n(.*?)\n## /s.exec(readFileSync("docs/labels.md", "utf8")) ?? [];
  const items = collectors.split(/\n(?=- |\n)/).map((text) => text.trim());
  // What is read, and the collectors that read it.
  const rows = items.filter((item) => item.startsWith("- ")).map((item) => item.split(/: (?=`\w+`)/));
  const namesIn = (text = "") => [...text.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);

  test("names the collectors that are off without the node's network", () => {
    const [row] = rows.filter(([what]) => what === "- off without `host_network`");
    expect(namesIn(row?.[1])).toEqual(networkCollectors);
  });

  // A version of Alloy with one more asks whose its metrics are.
  describeWithProgram("by Alloy's collectors", { folder: "collectors", slow: true }, (ask) => {
    test("says what each reads that is on", async () => {
      const defaults = await ask<Readonly<Record<string, boolean>>>("defaults", {});
      if (!defaults.ok) throw new Error(defaults.error);
      const on = Object.entries(defaults.value).flatMap(([name, isOn]) => (isOn ? [name] : []));
      expect(rows.flatMap(([, cell]) => namesIn(cell)).toSorted()).toEqual([...on, "ethtool"].toSorted());
    });
  });
});
