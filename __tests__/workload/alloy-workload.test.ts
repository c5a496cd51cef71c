import { App, Chart } from "cdk8s";
import { alloyRenderInput } from "../../lib/chart/values/chart-values";
import type { ContainerRuntime, MountPropagation } from "../../lib/environment";
import { containerHostPaths } from "../../lib/pipeline/sources/container-metrics";
import { nodeHostPaths } from "../../lib/pipeline/sources/node-metrics";
import { AlloyConfigMap, AlloyWorkload } from "../../lib/workload";
import { daemonSet, storeOf } from "../chart/fixtures/in-memory-render";
import { manifestsOf } from "./fixtures/manifests-of";
import { of, tailing } from "./fixtures/requirements";
import { leastProps, synth } from "./fixtures/synthesized-workload";

describe("mounts per container runtime", () => {
  const always = ["proc /proc /proc ro", "rootfs / /rootfs ro HostToContainer", "sys /sys /sys ro"];
  const mountsOf = (runtime: ContainerRuntime, socket: string, propagation: MountPropagation) =>
    synth({
      requirements: [
        ...of("prometheus.exporter.unix.node", ...nodeHostPaths(propagation)),
        ...of("prometheus.exporter.cadvisor.containers", ...containerHostPaths(runtime, socket, propagation)),
      ],
    }).mounts;

  test.each<[ContainerRuntime, string, readonly string[]]>([
    ["docker", "/run/docker.sock", []],
    ["containerd", "/run/containerd/containerd.sock", []],
    ["crio", "/run/crio/crio.sock", ["crio /run/crio /var/run/crio ro"]],
    ["crio", "/run/other/crio.sock", ["crio /run/other /var/run/crio ro"]],
  ])("%s at %s: none that nothing reads, none of a socket, and nothing that a node must have", (...given) => {
    const [runtime, socket, own] = given;
    expect(mountsOf(runtime, socket, "HostToContainer")).toEqual([...always, ...own].sort());
  });

  test("later mounts can be left unseen, where the node's root is no shared mount", () => {
    expect(mountsOf("containerd", "/run/containerd/containerd.sock", "None")).toContain(
      "rootfs / /rootfs ro",
    );
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
      .replace("name: alloy\n", "name: alloy\n          image: alloy:v1.18.1\n")
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
    new AlloyConfigMap(chart, "config", { namespace: "monitoring", text: "logging { }\n" });
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
    new AlloyConfigMap(chart, "one", { namespace: "monitoring", text: "" });
    new AlloyConfigMap(chart, "two", { namespace: "monitoring", text: "" });
    new AlloyWorkload(chart, "workload", leastProps);
    expect(chart.node.validate()).toEqual([
      "two objects become the file of ConfigMap.alloy-config: chart/one/config-map (namespace monitoring) and chart/two/config-map (namespace monitoring)",
    ]);
  });
});
