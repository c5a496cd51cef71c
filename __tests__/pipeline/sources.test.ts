import type { AistorePipeline } from "../../lib/pipeline";
import { networkCollectors } from "../../lib/pipeline/sources/node-metrics";
import { environmentOf, local, mistakesIn, pipelineOf, textOf } from "./pipeline-of";

const pipeline = pipelineOf({ local });
const withHostNetwork = pipelineOf({ local, host_network: true });

describe("pods are found", () => {
  const thisNode = 'field = "spec.nodeName=" + coalesce(sys.env("HOSTNAME"), constants.hostname)';

  test.each([
    "discovery.kubernetes.pods",
    "discovery.kubernetes.aistore_ais_IN_ais",
    "discovery.kubernetes.kube_state_metrics",
  ])("on the agent's own node only by %s", (address) => {
    expect(textOf(pipeline, address)).toContain(thisNode);
  });

  test("of AIStore by the resource's namespace and name, each cluster by itself", () => {
    const clusters = pipelineOf({
      local,
      aistore: [
        { namespace: "ais", name: "ais" },
        { namespace: "lab", name: "train-1" },
      ],
    });
    expect(textOf(clusters, "discovery.kubernetes.aistore_train_1_IN_lab")).toContain('names = ["lab"]');
    expect(textOf(clusters, "discovery.kubernetes.aistore_train_1_IN_lab")).toContain(
      'label = "app=train-1,component in (proxy,target)"',
    );
    expect(textOf(clusters, "discovery.kubernetes.aistore_ais_IN_ais")).toContain("app=ais,");
  });
});

describe("node metrics", () => {
  test("are the host's, not the container's", () => {
    const exporter = textOf(pipeline, "prometheus.exporter.unix.node");
    expect(exporter).toMatch(/rootfs_path +?= "\/rootfs"/);
    expect(exporter).toMatch(/udev_data_path +?= "\/rootfs\/run\/udev\/data"/);
  });

  test("come without ethtool and NET_ADMIN unless a device is named", () => {
    expect(textOf(pipeline, "prometheus.exporter.unix.node")).not.toContain("ethtool");
    expect(kinds(pipeline)).not.toContain("capability");
    const ethtool = { device_include: "^ens.*" };
    const withEthtool = pipelineOf({ local, host_network: true, ethtool });
    expect(textOf(withEthtool, "prometheus.exporter.unix.node")).toMatch(
      /enable_collectors += \["ethtool"\]/,
    );
    expect(kinds(withEthtool)).toContain("capability");
  });

  test("are of the node's network alone: without it, what reads the network of its process is off", () => {
    const disabled = (of: AistorePipeline) => {
      const text = textOf(of, "prometheus.exporter.unix.node");
      const list = /disable_collectors = \[([^\]]*)\]/.exec(text)?.[1] ?? "";
      return [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
    };
    expect(disabled(pipeline)).toEqual(networkCollectors);
    expect(disabled(withHostNetwork)).toEqual([]);
    // What says something of a collector that is off has no effect.
    expect(textOf(pipeline, "prometheus.exporter.unix.node")).not.toMatch(/netdev \{|netstat \{/);
  });

  test("come without ethtool and NET_ADMIN in a network that is not the node's", () => {
    const withEthtool = pipelineOf({ local, ethtool: { device_include: "^ens.*" } });
    expect(withEthtool.toString()).toBe(pipeline.toString());
    expect(kinds(withEthtool)).toEqual(kinds(pipeline));
  });

  test.each([
    [
      "disk.device_include",
      /device_include = `([^`]*)`/,
      ["nvme0n1", "nvme0c0n1", "sda", "sdaa"],
      ["loop0", "dm-0", "md0", "sr0", "xvda", "vda"],
    ],
    [
      "netdev.device_exclude",
      /device_exclude = "([^"]*)"/,
      ["veth1a2b", "lo", "cni0"],
      ["ens3", "eth0", "bond0"],
    ],
    [
      "filesystem.mount_points_exclude",
      /mount_points_exclude = "([^"]*)"/,
      ["/dev", "/var/lib/kubelet", "/run/user", "/tmp"],
      ["/", "/ais/nvme0n1", "/variable", "/home"],
    ],
    [
      "netstat.fields",
      /fields = "([^"]*)"/,
      [
        "TcpExt_ListenDrops",
        "TcpExt_TCPAbortOnMemory",
        "TcpExt_TCPReqQFullDrop",
        "Tcp_RetransSegs",
        "Udp_InErrors",
      ],
      ["TcpExt_TCPHPHits", "Tcp_RtoMin"],
    ],
  ] as const)("%s matches what it means to", (_, setting, matching, others) => {
    const pattern = new RegExp(
      setting.exec(textOf(withHostNetwork, "prometheus.exporter.unix.node"))?.[1] ?? "(",
    );
    expect(matching.filter((text) => !pattern.test(text))).toEqual([]);
    expect(others.filter((text) => pattern.test(text))).toEqual([]);
  });

  test("ethtool takes the statistics of the card's health, unless others are named", () => {
    const host = { local, host_network: true };
    const device = { device_include: "^ens.*" };
    const pattern = /metrics_include = "([^"]*)"/.exec(
      textOf(pipelineOf({ ...host, ethtool: device }), "prometheus.exporter.unix.node"),
    );
    const health = new RegExp(pattern?.[1] ?? "(");
    const wanted =
      "rx_errors tx_errors rx_dropped tx_dropped tx_queue_dropped link_down_events_phy rx_out_of_buffer rx_crc_errors_phy rx_symbol_err_phy rx_discards_phy tx_discards_phy tx_errors_phy rx_pause_ctrl_phy tx_pause_ctrl_phy rx_oversize_pkts_buffer rx_oversize_pkts_sw_drop";
    expect(wanted.split(" ").filter((name) => !health.test(name))).toEqual([]);
    expect(["rx_packets", "tx_bytes", "rx_errors_phy"].filter((name) => health.test(name))).toEqual([]);
    const own = pipelineOf({ ...host, ethtool: { ...device, metrics_include: "^rx_packets$" } });
    expect(textOf(own, "prometheus.exporter.unix.node")).toContain('metrics_include = "^rx_packets$"');
  });
});

test.each([
  ["HostToContainer", "HostToContainer"],
  ["None", undefined],
])(
  "of the node's root, with mount_propagation %s, later mounts are seen by %p",
  (mount_propagation, seen) => {
    const { requirements } = pipelineOf({ local, mount_propagation });
    const roots = requirements.flatMap(({ requirement }) =>
      requirement.kind === "hostPath" && requirement.name === "rootfs" ? [requirement.propagation] : [],
    );
    expect(new Set(roots)).toEqual(new Set([seen]));
  },
);

describe("container metrics", () => {
  const hosts = (runtime: string, socket?: string) => {
    const settings = { local, container_runtime: runtime, ...(socket && { runtime: { socket } }) };
    const text = textOf(pipelineOf(settings), "prometheus.exporter.cadvisor.containers");
    return text
      .split("\n")
      .filter((line) => line.includes("_host "))
      .map((line) => line.replace(/\s+/g, " ").trim());
  };

  // Below the node's root a socket is found again that the runtime has made anew.
  test.each([
    ["docker", undefined, ['docker_host = "unix:///rootfs/run/docker.sock"']],
    ["docker", "/var/run/own/docker.sock", ['docker_host = "unix:///rootfs/run/own/docker.sock"']],
    ["containerd", undefined, ['containerd_host = "/rootfs/run/containerd/containerd.sock"']],
    ["containerd", "/srv/own.sock", ['containerd_host = "/rootfs/srv/own.sock"']],
    // cAdvisor can't be told, and looks in one place alone.
    ["crio", undefined, []],
    ["crio", "/run/own/crio.sock", []],
  ])("of %s at %s come through its own socket", (runtime, socket, lines) => {
    expect(hosts(runtime, socket)).toEqual(lines);
  });
});

describe("kube-state-metrics", () => {
  const elsewhere = pipelineOf({
    local,
    sources: {
      kube_state_metrics: {
        namespace: "objects",
        labels: { app: "ksm", "a.example.com/b": "c" },
        port: 9102,
      },
    },
  });

  test("is found by its label in any namespace, and by the name of its port", () => {
    const discovery = textOf(pipeline, "discovery.kubernetes.kube_state_metrics");
    expect(discovery).toContain('label = "app.kubernetes.io/name=kube-state-metrics"');
    expect(discovery).not.toContain("namespaces");
    const port = textOf(pipeline, "discovery.relabel.kube_state_metrics");
    expect(port).toContain('source_labels = ["__meta_kubernetes_pod_container_port_name"]');
    expect(port).toMatch(/regex +?= "http"/);
  });

  test("is found where the settings say", () => {
    const discovery = textOf(elsewhere, "discovery.kubernetes.kube_state_metrics");
    expect(discovery).toContain('names = ["objects"]');
    expect(discovery).toContain('label = "app=ksm,a.example.com/b=c"');
    const port = textOf(elsewhere, "discovery.relabel.kube_state_metrics");
    expect(port).toContain('source_labels = ["__meta_kubernetes_pod_container_port_number"]');
    expect(port).toMatch(/regex +?= "9102"/);
  });

  test("is reached there alone, and its pods are looked for there alone", () => {
    const of = (address: string, kind: string) =>
      elsewhere.requirements.flatMap(({ component, requirement }) =>
        component === address && requirement.kind === kind ? [requirement] : [],
      );
    expect(of("prometheus.scrape.kube_state_metrics", "connection")).toEqual([
      {
        kind: "connection",
        to: { type: "pods", namespace: "objects", labels: { app: ["ksm"], "a.example.com/b": ["c"] } },
      },
    ]);
    expect(of("discovery.kubernetes.kube_state_metrics", "api")).toEqual([
      { kind: "api", apiGroup: "", resource: "pods", verbs: ["list", "watch"], namespaces: ["objects"] },
    ]);
  });
});

describe("AIStore's metrics", () => {
  test("are scraped over plain http unless the settings say https", () => {
    expect(textOf(pipeline, "prometheus.scrape.aistore_ais_IN_ais")).not.toContain("tls_config");
    const https = textOf(
      pipelineOf({ local, scrape: { https: "true" } }),
      "prometheus.scrape.aistore_ais_IN_ais",
    );
    expect(https).toContain('scheme          = "https"');
    expect(https).toContain("insecure_skip_verify = true");
  });

  describe("with a CA", () => {
    const cluster = {
      namespace: "ais",
      name: "ais",
      https: true,
      ca_secret: "ais-ca",
      server_name: "ais.svc",
    };
    const verified = pipelineOf({ local, aistore: [cluster] });
    const file = "/var/run/secrets/alloy/ais-ca/ca.crt";

    test("are scraped only from who has its certificate", () => {
      const scrape = textOf(verified, "prometheus.scrape.aistore_ais_IN_ais");
      expect(scrape).toMatch(
        /ca_pem {6}= "-----BEGIN CERTIFICATE-----[^"]+" \+ string\.trim_space\(convert\.nonsensitive\(local\.file\.aistore_ais_IN_ais\.content\)\)\n/,
      );
      expect(scrape).toContain('server_name = "ais.svc"');
      expect(scrape).not.toContain("insecure");
    });

    test("have it as a file of a Secret, whose content is read when it comes", () => {
      expect(verified.requirements).toContainEqual({
        component: "local.file.aistore_ais_IN_ais",
        requirement: {
          kind: "secretFiles",
          secret: "ais-ca",
          mountPath: "/var/run/secrets/alloy/ais-ca",
          keys: ["ca.crt"],
        },
      });
      expect(textOf(verified, "local.file.aistore_ais_IN_ais")).toContain(file);
      expect(mistakesIn(verified)).toEqual([]);
    });

    test("watch no file without one", () => {
      const insecure = pipelineOf({
        local,
        aistore: [{ namespace: "ais", name: "ais", https: true, insecure: true }],
      });
      expect(insecure.toString()).not.toContain("local.file");
      expect(textOf(insecure, "prometheus.scrape.aistore_ais_IN_ais")).toContain(
        "insecure_skip_verify = true",
      );
    });
  });

  test("have no label of unbounded values", () => {
    expect(textOf(pipeline, "prometheus.relabel.aistore_ais_IN_ais")).toContain(
      'replacement   = "aggregated"',
    );
  });
});

test("a pod's log is labelled with nothing that changes while its container lives", () => {
  const containers = textOf(pipeline, "discovery.relabel.pods");
  expect(containers).not.toMatch(/port|phase|ready/);
  expect([...containers.matchAll(/target_label +?= "(.*)"/g)].map(([, label]) => label)).toEqual([
    "namespace",
    "pod",
    "container",
    "image",
    "controller_kind",
    "controller_name",
    "component",
    "node",
    "service_name",
  ]);
});

test("an environment without a component's need does not require it", () => {
  const logsOnly = pipelineOf({ local: { logsEndpoint: "http://loki.example.com/otlp/v1/logs" } });
  expect(kinds(logsOnly)).not.toContain("hostPath");
  expect(kinds(logsOnly)).toContain("storage");
});

test("the cluster label is in the settings of each environment", () => {
  const environment = environmentOf({ local, remote: { label: 'a "quoted" one' } });
  expect(environment.cluster).toBe('a "quoted" one');
  const text = textOf(
    pipelineOf({ local, remote: { label: 'a "quoted" one' } }),
    "otelcol.processor.transform.cluster",
  );
  expect(text).toContain('`set(datapoint.attributes["cluster"], "a \\"quoted\\" one")`');
});

function kinds(of: AistorePipeline): readonly string[] {
  return of.requirements.map(({ requirement }) => requirement.kind);
}
