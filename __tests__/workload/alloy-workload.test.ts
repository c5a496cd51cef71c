import { App, Chart } from "cdk8s";
import type { ContainerRuntime } from "../../lib/environment/environment";
import { SettingError } from "../../lib/environment/setting-key";
import { containerHostPaths, nodeHostPaths } from "../../lib/pipeline/host-paths";
import { AlloyConfigMap, AlloyWorkload, type AlloyWorkloadProps } from "../../lib/workload";
import { alloyRenderInput } from "../../lib/workload/chart-values";
import { Fields } from "../../lib/workload/rendered/fields";
import { daemonSet, storeOf } from "./fixtures/in-memory-render";
import { manifestsOf } from "./fixtures/manifests-of";
import { oauth2, of, proc, tailing } from "./fixtures/requirements";

function synth(props: Partial<AlloyWorkloadProps> = {}) {
  const chart = new Chart(new App(), "chart");
  new AlloyWorkload(chart, "workload", { requirements: [], ...props });
  expect(chart.node.validate()).toEqual([]);
  const manifests = manifestsOf(chart);
  return {
    names: manifests.map(({ kind, name, namespace }) => [kind, name, namespace]),
    /** The fields of an object. */
    object(kind: string): Fields {
      const found = manifests.find((manifest) => manifest.kind === kind);
      return new Fields(found?.content ?? {}, kind);
    },
    get pod(): Fields {
      return this.object("DaemonSet").fields("spec", "template", "spec");
    },
    container(name: string): Fields {
      const container = this.pod.maps("containers").find((candidate) => candidate.name === name);
      return new Fields(container ?? {}, name);
    },
    /** Every mount of the agent but its configuration: `name host-path[:type] mount-path mode`. */
    get mounts(): readonly string[] {
      const volumes = new Map(this.pod.maps("volumes").map((volume) => [volume.name, volume]));
      return this.container("alloy")
        .maps("volumeMounts")
        .filter(({ name }) => name !== "config")
        .map((mount) => {
          const { path, type } = new Fields(volumes.get(mount.name) ?? {}, "volume").fields("hostPath").map;
          const propagation = mount.mountPropagation === undefined ? "" : ` ${mount.mountPropagation}`;
          const mode = mount.readOnly === true ? "ro" : "rw";
          return `${mount.name} ${path}${type === undefined ? "" : `:${type}`} ${mount.mountPath} ${mode}${propagation}`;
        });
    },
  };
}

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
      ...of("prometheus.exporter.cadvisor.containers", ...containerHostPaths(runtime)),
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
      ["Namespace", "monitoring", undefined],
      ["ServiceAccount", "alloy", "monitoring"],
      ["Service", "alloy", "monitoring"],
      ["DaemonSet", "alloy", "monitoring"],
      ["ClusterRole", "alloy", undefined],
      ["ClusterRoleBinding", "alloy", undefined],
    ]);
  });

  test("the namespace admits host mounts, and neither Argo CD nor Flux prunes it", () => {
    expect(synth().object("Namespace").map.metadata).toEqual({
      name: "monitoring",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
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
    expect(synthesized.pod.list("volumes")).toEqual([
      { name: "config", configMap: { name: "alloy-config" } },
    ]);
    expect(synthesized.container("alloy").list("args")).toContain("/etc/alloy/config.alloy");
  });

  test("two objects of one kind and name are reported, in whatever namespaces they are", () => {
    const chart = new Chart(new App(), "chart");
    new AlloyConfigMap(chart, "one", { text: "" });
    new AlloyConfigMap(chart, "two", { text: "" });
    new AlloyWorkload(chart, "workload", { requirements: [] });
    expect(chart.node.validate()).toEqual([
      "two objects become the file ConfigMap.alloy-config.k8s.yaml: chart/one/ConfigMap (namespace monitoring) and chart/two/ConfigMap (namespace monitoring)",
    ]);
  });
});

describe("access to the API", () => {
  test("is exactly what the components use, for the chart's ServiceAccount", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.object("ClusterRole").list("rules")).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    ]);
    expect(synthesized.object("ClusterRoleBinding").map).toMatchObject({
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "alloy" },
      subjects: [{ kind: "ServiceAccount", name: "alloy", namespace: "monitoring" }],
    });
  });

  test("says which components want it", () => {
    const { map } = synth({ requirements: tailing }).object("ClusterRole").fields("metadata", "annotations");
    expect(map).toEqual({
      "alloy-config/required-by": [
        "get pods/log: loki.source.kubernetes.pods",
        "get pods: loki.source.kubernetes.pods",
        "list, watch pods: discovery.kubernetes.pods",
      ].join("\n"),
    });
  });

  test("stays in its namespaces where it is limited to them", () => {
    const requirements = of("discovery.kubernetes.aistore", {
      kind: "api",
      apiGroup: "",
      resource: "pods",
      verbs: ["list", "watch"],
      namespaces: ["ais", "ais-2"],
    });
    expect(synth({ requirements }).names.slice(-4)).toEqual([
      ["Role", "alloy-ais", "ais"],
      ["RoleBinding", "alloy-ais", "ais"],
      ["Role", "alloy-ais-2", "ais-2"],
      ["RoleBinding", "alloy-ais-2", "ais-2"],
    ]);
  });
});

describe("Secrets", () => {
  test("are optional volumes that the reloader watches, and optional variables", () => {
    const synthesized = synth({ requirements: oauth2 });
    const mount = { name: "secret-remote", mountPath: "/var/run/secrets/alloy/remote", readOnly: true };
    expect(synthesized.pod.list("volumes")).toContainEqual({
      name: "secret-remote",
      secret: { secretName: "remote", optional: true },
    });
    expect(synthesized.container("alloy").list("volumeMounts")).toContainEqual(mount);
    expect(synthesized.container("alloy").list("env")).toContainEqual({
      name: "REMOTE_TOKEN_URL",
      valueFrom: { secretKeyRef: { name: "remote", key: "azure_token_url", optional: true } },
    });
    expect(synthesized.container("config-reloader").list("volumeMounts")).toContainEqual(mount);
    expect(synthesized.container("config-reloader").list("args")).toEqual([
      "--watched-dir=/etc/alloy",
      "--reload-url=http://localhost:12345/-/reload",
      "--watched-dir=/var/run/secrets/alloy/remote",
    ]);
  });

  test("need no right to read Secrets", () => {
    expect(synth({ requirements: oauth2 }).names.map(([kind]) => kind)).not.toContain("ClusterRole");
  });

  test("are not watched where the chart's reloader is switched off, and only there", () => {
    const manifests = daemonSet.replace(/ {8}- name: config-reloader\n(.*\n){2}/, "");
    const chartValues = { configReloader: { enabled: false } };
    const renders = storeOf(manifests, alloyRenderInput({ chartValues }));
    const { pod } = synth({ requirements: oauth2, chartValues, renders });
    expect(pod.maps("containers").map(({ name }) => name)).toEqual(["alloy"]);
    expect(() => synth({ requirements: oauth2, renders: storeOf(manifests) })).toThrow(
      "DaemonSet alloy of chart alloy 1.11.1 has no container config-reloader; it has alloy",
    );
  });
});

describe("capabilities, storage and stability", () => {
  test("the agent has no capability that no component asks for", () => {
    const context = synth().container("alloy").map.securityContext;
    expect(context).toEqual({ capabilities: { drop: ["ALL"] } });
    const requirements = of("prometheus.exporter.unix.node", { kind: "capability", capability: "NET_ADMIN" });
    expect(synth({ requirements }).container("alloy").map.securityContext).toEqual({
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] },
    });
  });

  test("what must outlive the pod is kept on the node, where it can be chosen", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.mounts).toEqual(["storage /var/lib/alloy:DirectoryOrCreate /var/lib/alloy rw"]);
    expect(synthesized.container("alloy").list("args")).toContain("--storage.path=/var/lib/alloy");
    expect(synth({ requirements: tailing, storagePath: "/mnt/alloy" }).mounts).toEqual([
      "storage /mnt/alloy:DirectoryOrCreate /mnt/alloy rw",
    ]);
  });

  test("without anything to keep, the chart's own path is used", () => {
    const synthesized = synth();
    expect(synthesized.mounts).toEqual([]);
    expect(synthesized.container("alloy").list("args")).toContain("--storage.path=/tmp/alloy");
  });

  test.each([
    [[], "generally-available"],
    [["generally-available"], "generally-available"],
    [["public-preview", "generally-available"], "public-preview"],
    [["public-preview", "experimental"], "experimental"],
  ] as const)("components of the levels %j run at %s", (levels, expected) => {
    const requirements = levels.flatMap((level) => of(`a.${level}`, { kind: "stability", level }));
    expect(synth({ requirements }).container("alloy").list("args")).toContain(
      `--stability.level=${expected}`,
    );
  });

  test("each says which components want it", () => {
    const requirements = [
      ...of("prometheus.exporter.unix.node", proc, { kind: "capability", capability: "NET_ADMIN" }),
      ...of(
        "otelcol.storage.file.queue",
        { kind: "storage" },
        { kind: "stability", level: "public-preview" },
      ),
      ...oauth2,
    ];
    expect(synth({ requirements }).object("DaemonSet").fields("metadata", "annotations").map).toEqual({
      "alloy-config/required-by": [
        "Secret remote: otelcol.auth.oauth2.remote",
        "capability NET_ADMIN: prometheus.exporter.unix.node",
        "mount /proc: prometheus.exporter.unix.node",
        "mount /var/lib/alloy: otelcol.storage.file.queue",
        "stability level public-preview: otelcol.storage.file.queue",
        "variable REMOTE_TOKEN_URL from Secret remote: otelcol.auth.oauth2.remote",
      ].join("\n"),
    });
  });
});

describe("mistakes are told as mistakes of settings", () => {
  const { HELM } = process.env;

  afterEach(() => {
    if (HELM === undefined) delete process.env.HELM;
    else process.env.HELM = HELM;
  });

  function errorsOf(
    props: Partial<AlloyWorkloadProps>,
  ): readonly (readonly [key: string, message: string])[] {
    try {
      synth(props);
    } catch (error) {
      const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
      return errors.map((one) => {
        if (!(one instanceof SettingError)) throw one;
        return [one.key.join("."), one.message];
      });
    }
    return [];
  }

  test("chart values that are not the environment's, all at once", () => {
    const chartValues = {
      alloy: { stabilityLevel: "experimental", mounts: { extra: [{ name: "p", mountPath: "/proc" }] } },
      rbac: { create: true },
    };
    const keys = errorsOf({ chartValues, requirements: of("prometheus.exporter.unix.node", proc) }).map(
      ([key]) => key,
    );
    expect(keys).toEqual(["alloy.stabilityLevel", "rbac", "alloy.mounts.extra.0.mountPath"]);
  });

  test("chart values whose render is neither recorded nor can be made", () => {
    process.env.HELM = "/nonexistent/helm";
    expect(errorsOf({ chartValues: { image: { tag: "v1.18.1" } } })).toEqual([
      [
        "image.tag",
        "no render of chart alloy 1.11.1 with these values is recorded, and none can be made: there is no command /nonexistent/helm; install Helm 3 or 4 (https://helm.sh/docs/intro/install/), or name it in the environment variable HELM; run `npm run chart:record` where helm and the chart can be had, and commit imports/chart",
      ],
    ]);
    expect(errorsOf({ chartValues: {} })).toEqual([]);
  });

  test("a chart that the workload no longer fits", () => {
    const renders = storeOf(daemonSet.replace("- name: alloy\n", "- name: agent\n"));
    expect(errorsOf({ renders })).toEqual([
      ["", "DaemonSet alloy of chart alloy 1.11.1 has no container alloy; it has agent, config-reloader"],
    ]);
  });
});
