import type { RequirementOf } from "../../lib/alloy";
import { oauth2, of, proc, tailing } from "./fixtures/requirements";
import { synth } from "./fixtures/synthesized-workload";

describe("access to the API", () => {
  test("is exactly what the components use, for the chart's ServiceAccount", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.object("ClusterRole").list("rules")).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    ]);
    expect(synthesized.object("ClusterRoleBinding").map).toMatchObject({
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: "aistore-alloy:monitoring:alloy",
      },
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
    expect(synth({ requirements }).names.filter(([kind]) => String(kind).startsWith("Role"))).toEqual([
      ["Role", "aistore-alloy:monitoring:alloy:ais", "ais"],
      ["RoleBinding", "aistore-alloy:monitoring:alloy:ais", "ais"],
      ["Role", "aistore-alloy:monitoring:alloy:ais-2", "ais-2"],
      ["RoleBinding", "aistore-alloy:monitoring:alloy:ais-2", "ais-2"],
    ]);
  });
});

describe("Secrets", () => {
  test("are optional, over empty files, and the agent's alone", () => {
    const synthesized = synth({ requirements: oauth2 });
    const keys = ["azure_app_client_id", "azure_app_client_secret", "azure_token_url"];
    expect(synthesized.pod.list("volumes")).toContainEqual({
      name: "secret-remote",
      projected: {
        sources: [
          { configMap: { name: "alloy-secret-placeholders" } },
          { secret: { name: "remote", optional: true, items: keys.map((key) => ({ key, path: key })) } },
        ],
      },
    });
    expect(synthesized.object("ConfigMap").map).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "alloy-secret-placeholders", namespace: "monitoring" },
      data: Object.fromEntries(keys.map((key) => [key, ""])),
    });
    expect(synthesized.container("alloy").list("volumeMounts")).toContainEqual({
      name: "secret-remote",
      mountPath: "/var/run/secrets/alloy/remote",
      readOnly: true,
    });
    const sidecar = synthesized.container("config-reloader");
    expect(sidecar.list("volumeMounts")).toEqual([{ name: "config", mountPath: "/etc/alloy" }]);
    expect(sidecar.list("args")).toEqual([
      "--watched-dir=/etc/alloy",
      "--reload-url=http://localhost:12345/-/reload",
      "--listen-address=",
    ]);
  });

  test("have no placeholders where none is read", () => {
    expect(synth({ requirements: tailing }).names.map(([kind]) => kind)).not.toContain("ConfigMap");
  });

  test("need no right to read Secrets", () => {
    expect(synth({ requirements: oauth2 }).names.map(([kind]) => kind)).not.toContain("ClusterRole");
  });
});

describe("capabilities, storage and stability", () => {
  test("the agent has no capability that no component asks for", () => {
    const capabilities = (...requirements: readonly RequirementOf[]) =>
      synth({ requirements }).container("alloy").fields("securityContext", "capabilities").map;
    expect(capabilities()).toEqual({ drop: ["ALL"] });
    expect(
      capabilities(...of("prometheus.exporter.unix.node", { kind: "capability", capability: "NET_ADMIN" })),
    ).toEqual({ drop: ["ALL"], add: ["NET_ADMIN"] });
  });

  test("what must outlive the pod is kept on the node, where it can be chosen", () => {
    const synthesized = synth({ requirements: tailing });
    expect(synthesized.mounts).toEqual([
      "storage /var/lib/aistore-alloy/monitoring:DirectoryOrCreate /var/lib/aistore-alloy/monitoring rw",
    ]);
    expect(synthesized.container("alloy").list("args")).toContain(
      "--storage.path=/var/lib/aistore-alloy/monitoring",
    );
    expect(synth({ requirements: tailing, storagePath: "/mnt/alloy" }).mounts).toEqual([
      "storage /mnt/alloy:DirectoryOrCreate /mnt/alloy rw",
    ]);
  });

  test("without anything to keep, data goes to a volume that goes with the pod", () => {
    const synthesized = synth({ storagePath: "/mnt/alloy" });
    expect(synthesized.mounts).toEqual([]);
    expect(synthesized.pod.list("volumes")).toContainEqual({ name: "storage", emptyDir: {} });
    expect(synthesized.container("alloy").list("volumeMounts")).toContainEqual({
      name: "storage",
      mountPath: "/mnt/alloy",
    });
    expect(synthesized.container("alloy").list("args")).toContain("--storage.path=/mnt/alloy");
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
        "Secret remote: local.file.remote_url, otelcol.auth.oauth2.remote",
        "capability NET_ADMIN: prometheus.exporter.unix.node",
        "mount /proc: prometheus.exporter.unix.node",
        "mount /var/lib/aistore-alloy/monitoring: otelcol.storage.file.queue",
        "stability level public-preview: otelcol.storage.file.queue",
      ].join("\n"),
    });
  });
});
