import { App, Chart } from "cdk8s";
import type { ContainerRuntime } from "../../lib/environment/environment";
import { containerHostPaths, nodeHostPaths } from "../../lib/pipeline/host-paths";
import { AlloyConfigMap, AlloyWorkload } from "../../lib/workload";
import { alloyRenderInput } from "../../lib/workload/chart-values";
import { daemonSet, storeOf } from "./fixtures/in-memory-render";
import { manifestsOf } from "./fixtures/manifests-of";
import { of, tailing } from "./fixtures/requirements";
import { synth } from "./fixtures/synthesized-workload";

describe("mounts per container runtime", () => {
  const always = [
    "ais /ais /ais ro",
    "dev-disk /dev/disk /dev/disk ro",
    "proc /proc /proc ro",
    "rootfs / /rootfs ro HostToContainer",
    "sys /sys /sys ro",
  ];

  test.each<[ContainerRuntime, readonly string[]]>([
    [
      "docker",
      [
        "docker-sock /var/run/docker.sock:Socket /var/run/docker.sock rw",
        "var-lib-docker /var/lib/docker /var/lib/docker ro",
      ],
    ],
    [
      "containerd",
      [
        "containerd-sock /run/containerd/containerd.sock:Socket /run/containerd/containerd.sock rw",
        "var-lib-containerd /var/lib/containerd /var/lib/containerd ro",
      ],
    ],
    [
      "crio",
      [
        "crio-sock /var/run/crio/crio.sock:Socket /var/run/crio/crio.sock rw",
        "var-lib-containers /var/lib/containers /var/lib/containers ro",
      ],
    ],
  ])("%s", (runtime, own) => {
    const requirements = [
      ...of("prometheus.exporter.unix.node", ...nodeHostPaths),
      ...of("prometheus.exporter.cadvisor.containers", ...containerHostPaths(runtime, {})),
    ];
    expect(synth({ requirements }).mounts).toEqual([...always, ...own].sort());
  });

  test("none without a component that wants them", () => {
    expect(synth().mounts).toEqual([]);
  });
});

describe("host network", () => {
  test.each([
    [true, { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }],
    [false, { dnsPolicy: "ClusterFirst" }],
    [undefined, { dnsPolicy: "ClusterFirst" }],
  ])("%s", (hostNetwork, expected) => {
    const { hostNetwork: network, dnsPolicy } = synth(hostNetwork === undefined ? {} : { hostNetwork }).pod
      .map;
    expect({ ...(network === undefined ? {} : { hostNetwork: network }), dnsPolicy }).toEqual(expected);
  });
});

describe("objects", () => {
  test("every namespaced object is in the agent's namespace, and no cluster-scoped one is", () => {
    expect(synth({ requirements: tailing }).names).toEqual([
      ["ServiceAccount", "alloy", "monitoring"],
      ["Service", "alloy", "monitoring"],
      ["DaemonSet", "alloy", "monitoring"],
      ["ClusterRole", "aistore-alloy:monitoring:alloy", undefined],
      ["ClusterRoleBinding", "aistore-alloy:monitoring:alloy", undefined],
      ["Namespace", "monitoring", undefined],
      ["NetworkPolicy", "alloy", "monitoring"],
    ]);
  });

  test("all are named after the agent, whatever chart values call it, and the cluster's as no release is", () => {
    const chartValues = { fullnameOverride: "node-agent", nameOverride: "agent" };
    const manifests = daemonSet
      .replace("name: alloy,", "name: node-agent,")
      .replace("app.kubernetes.io/name: alloy", "app.kubernetes.io/name: agent")
      .replace("serviceAccountName: alloy", "serviceAccountName: node-agent");
    const synthesized = synth({
      requirements: tailing,
      chartValues,
      renders: storeOf(manifests, alloyRenderInput({ chartValues })),
    });
    expect(synthesized.names).toEqual([
      ["DaemonSet", "node-agent", "monitoring"],
      ["ClusterRole", "aistore-alloy:monitoring:node-agent", undefined],
      ["ClusterRoleBinding", "aistore-alloy:monitoring:node-agent", undefined],
      ["Namespace", "monitoring", undefined],
      ["NetworkPolicy", "node-agent", "monitoring"],
    ]);
    expect(synthesized.object("ClusterRoleBinding").map).toMatchObject({
      roleRef: { name: "aistore-alloy:monitoring:node-agent" },
      subjects: [{ kind: "ServiceAccount", name: "node-agent", namespace: "monitoring" }],
    });
    expect(synthesized.object("NetworkPolicy").fields("spec").map.podSelector).toEqual({
      matchLabels: { "app.kubernetes.io/name": "agent" },
    });
  });

  test("neither Argo CD nor Flux prunes the namespace", () => {
    expect(synth().object("Namespace").map.metadata).toEqual({
      name: "monitoring",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
      annotations: {
        "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
        "kustomize.toolkit.fluxcd.io/prune": "disabled",
      },
    });
  });

  test("the pod reads the configuration from the ConfigMap that is made", () => {
    const chart = new Chart(new App(), "chart");
    new AlloyConfigMap(chart, "config", { text: "logging { }\n" });
    const [configMap] = manifestsOf(chart);
    expect(configMap?.content).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "alloy-config", namespace: "monitoring" },
      data: { "config.alloy": "logging { }\n" },
    });
    const synthesized = synth();
    expect(synthesized.pod.list("volumes")).toContainEqual({
      name: "config",
      configMap: { name: "alloy-config" },
    });
    expect(synthesized.container("alloy").list("args")).toContain("/etc/alloy/config.alloy");
  });

  test("two objects of one kind and name are reported, in whatever namespaces they are", () => {
    const chart = new Chart(new App(), "chart");
    new AlloyConfigMap(chart, "one", { text: "" });
    new AlloyConfigMap(chart, "two", { text: "" });
    new AlloyWorkload(chart, "workload", { requirements: [] });
    expect(chart.node.validate()).toEqual([
      "two objects become the file of ConfigMap.alloy-config: chart/one/ConfigMap (namespace monitoring) and chart/two/ConfigMap (namespace monitoring)",
    ]);
  });
});
