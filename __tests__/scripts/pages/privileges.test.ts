import { ApiObject } from "cdk8s";
import type { RequirementOf } from "../../../lib/alloy";
import { podGrants } from "../../../lib/workload/grants/pod-grants";
import { accessGrants } from "../../../lib/workload/manifests/access";
import { apiTable, privilegesOf } from "../../../scripts/pages/privileges";
import { environmentOf } from "../../environment/reading";
import { fleet } from "../../fleet/fleet";
import { agentOf, full, logsOnly, pipelineOf } from "./pipelines";
import { sectionsOf, unpadded } from "./sections";

const sections = (environment: typeof full) => {
  const { config, workload } = agentOf(environment);
  return sectionsOf(privilegesOf(environment, config, workload));
};

describe("the privileges", () => {
  test("on paths of the node have their mode and the components that need them", () => {
    expect(sections(full).get("Paths of the node")).toEqual([
      "| `/proc` | `/proc` | read | `prometheus.exporter.unix.node` |",
      "| `/` | `/rootfs` | read (with what is mounted later) | `prometheus.exporter.cadvisor.containers`<br/>`prometheus.exporter.unix.node` |",
      "| `/sys` | `/sys` | read | `prometheus.exporter.cadvisor.containers`<br/>`prometheus.exporter.unix.node` |",
      "A socket can be connected to wherever it is mounted, read-only too: below the node's root that is every one that root may, the container runtime's among them.",
    ]);
  });

  test("are Secrets, capabilities, storage, network and stability too", () => {
    const found = sections(full);
    expect(found.get("Secrets")).toEqual([
      "| `alloy-remote` | `azure_app_client_id`, `azure_app_client_secret` and `azure_token_url` | files below `/var/run/secrets/alloy/alloy-remote` | `local.file.remote_url`<br/>`otelcol.auth.oauth2.remote` |",
    ]);
    expect(found.get("Capabilities")).toEqual(["| `NET_ADMIN` | `prometheus.exporter.unix.node` |"]);
    expect(found.get("Storage")?.join()).toContain(
      "Needed by `loki.source.kubernetes.pods` and `otelcol.storage.file.queues`.",
    );
    expect(found.get("Network")).toEqual([
      "The agent shares the node's network: `host_network` is set. Its UI listens on the node's loopback, which `kubectl port-forward` reaches. A NetworkPolicy would have no effect there.",
      "On the node's loopback listen, for the agent's own exporters alone, which show a token: `otelcol.receiver.otlp.remote` at port 23752.",
    ]);
    expect(found.get("Pod Security")).toEqual([
      "The namespace's level is `privileged`, the lowest that admits the agent's pod.",
      "| What `baseline` doesn't admit | Needed by |",
      "| --- | --- |",
      "| the node's network | `host_network` |",
      "| the node's path /proc | `prometheus.exporter.unix.node` |",
      "| the node's path / | `prometheus.exporter.cadvisor.containers`<br/>`prometheus.exporter.unix.node` |",
      "| the node's path /var/lib/aistore-alloy/monitoring | `loki.source.kubernetes.pods`<br/>`otelcol.storage.file.queues` |",
      "| the node's path /sys | `prometheus.exporter.cadvisor.containers`<br/>`prometheus.exporter.unix.node` |",
      "| capability NET_ADMIN | `prometheus.exporter.unix.node` |",
      "| a probe of the host 127.0.0.1 of container alloy | `host_network` |",
    ]);
    expect(found.get("Stability level")).toEqual([
      "`public-preview`: `otelcol.storage.file.queues` needs it.",
    ]);
  });

  test("of a namespace that others make are what it has to admit", () => {
    const theirs = environmentOf(
      "container_runtime: docker",
      "local: { logsEndpoint: 'http://loki.monitoring.svc/otlp/v1/logs' }",
      "create_namespace: false",
    );
    expect(sections(theirs).get("Pod Security")?.[0]).toBe(
      "The namespace is made by others, as `create_namespace` says. It has to admit the level `privileged`, the lowest that admits the agent's pod.",
    );
  });

  test("say where Secrets come from", () => {
    const secrets = [
      { name: "alloy-remote", from: "vault", mount: "kv", path: "a/b", engine: "kv-v1", refresh: "1h" },
    ] as const;
    const store = { name: "alloy-remote", from: "external-secrets", store: "s", key: "k" } as const;
    expect(
      sections({ ...full, secrets })
        .get("Secrets")
        ?.at(-1),
    ).toBe(
      "The Secret `alloy-remote` comes from `a/b` of the engine `kv` (kv-v1) in Vault, by the Vault Secrets Operator, read again every `1h`.",
    );
    const others = [{ ...store, storeKind: "ClusterSecretStore", refresh: "5m" }] as const;
    expect(
      sections({ ...full, secrets: others })
        .get("Secrets")
        ?.at(-1),
    ).toBe(
      "The Secret `alloy-remote` comes from `k` of the ClusterSecretStore `s`, by the External Secrets Operator, read again every `5m`.",
    );
  });

  test("of an environment that needs few are few", () => {
    const found = sections(logsOnly);
    expect(found.get("Paths of the node")).toEqual(["None."]);
    expect(found.get("Secrets")).toEqual(["None."]);
    expect(found.get("Capabilities")).toEqual(["None."]);
    expect(found.get("Network")).toEqual([
      "The agent has a network of its own. A NetworkPolicy limits it to these connections, where the cluster's network has such policies. The kubelet's probes and `kubectl port-forward` get through all the same.",
      "| Connections | Needed by |",
      "| --- | --- |",
      "| to DNS at port 53 | `otelcol.exporter.otlphttp.local_logs` |",
      "| to DNS in namespace openshift-dns | `otelcol.exporter.otlphttp.local_logs` |",
      "| to namespace monitoring | `otelcol.exporter.otlphttp.local_logs` |",
      "| to the Kubernetes API at TCP 443, 6443 | `discovery.kubernetes.pods`<br/>`loki.source.kubernetes.pods` |",
    ]);
    expect(found.get("Kubernetes API")).toHaveLength(2);
  });

  test("tell who reaches the UI", () => {
    expect(sections({ ...logsOnly, networkPolicy: false }).get("Network")).toEqual([
      "The agent has a network of its own. No NetworkPolicy of this project limits it. Other pods reach its UI.",
    ]);
    expect(sections({ ...logsOnly, ui: { expose: true } }).get("Network")).toContain(
      "| from everywhere to TCP 12345 | `ui.expose` |",
    );
    const exposed = { ...full, ui: { expose: true } };
    expect(sections(exposed).get("Network")?.join()).toContain(
      "Everyone who reaches the node reaches its UI.",
    );
  });

  test("tell of the namespace's level where the environment asks for another", () => {
    const reasons = [{ what: "container a may run as root", components: ["chart values"] }];
    const podSecurity = { level: "privileged", needed: "baseline", reasons } as const;
    const { access, apiGrants, grants, network, render } = agentOf(logsOnly).workload;
    const written = { access, apiGrants, grants, network, podSecurity, render };
    const page = privilegesOf(logsOnly, pipelineOf(logsOnly), written);
    expect(sectionsOf(page).get("Pod Security")).toEqual([
      "The namespace's level is `privileged`, as `pod_security` says. The lowest that admits the agent's pod is `baseline`.",
      "| What `restricted` doesn't admit | Needed by |",
      "| --- | --- |",
      "| container a may run as root | chart values |",
    ]);
  });

  test("name the components that want a lower stability level", () => {
    const config = pipelineOf(full);
    config.components.at(-1)?.requires({ kind: "stability", level: "experimental" });
    const { access, apiGrants, network, podSecurity, render } = agentOf(full).workload;
    const grants = podGrants(config.requirements, full.storagePath);
    const written = { access, apiGrants, grants, network, podSecurity, render };
    const level = sectionsOf(privilegesOf(full, config, written)).get("Stability level");
    expect(level).toEqual([
      expect.stringMatching(/^`experimental`: `otelcol\.exporter\.otlphttp\.\w+` needs it\.$/),
    ]);
  });
});

describe("what the manifests say", () => {
  test("of the network is on the page, whatever the settings say", () => {
    const { config, workload } = agentOf(logsOnly);
    const network = () => sectionsOf(privilegesOf(logsOnly, config, workload)).get("Network")?.[0];
    expect(network()).toMatch(/^The agent has a network of its own\./);
    workload.render.daemonSet().useHostNetwork();
    expect(network()).toMatch(
      /^The agent shares the node's network: .* Everyone who reaches the node reaches its UI\./,
    );
    const agent = workload.render.daemonSet().container("alloy");
    agent.setArgument("--server.http.listen-addr", "127.0.0.1:12345");
    expect(network()).toContain("Its UI listens on the node's loopback");
  });

  test("of the ServiceAccount's token is on the page", () => {
    const { config, workload } = agentOf(logsOnly);
    const token = () =>
      sectionsOf(privilegesOf(logsOnly, config, workload))
        .get("Containers")
        ?.at(-1);
    expect(token()).toBe("The token of the ServiceAccount, for the Kubernetes API, is in `alloy` alone.");
    const { spec } = workload.render.daemonSet().podTemplate;
    spec.volumes = [];
    expect(token()).toBe("No container has a token for the Kubernetes API.");
    spec.automountServiceAccountToken = true;
    expect(token()).toBe("All containers have the token of the ServiceAccount, by chart values.");
  });

  test("of rights on the Kubernetes API is on the page, of all environments", () => {
    for (const environment of fleet) {
      const agent = agentOf(environment);
      const rows = sectionsOf(privilegesOf(environment, agent.config, agent.workload)).get("Kubernetes API");
      const roles = agent.workload.node
        .findAll()
        .flatMap((one) => (ApiObject.isApiObject(one) && /^(Cluster)?Role$/.test(one.kind) ? [one] : []));
      const rules = roles.flatMap((role) =>
        role
          .toJson()
          .rules.flatMap(({ resources, verbs }: Record<"resources" | "verbs", string[]>) =>
            resources.map((resource) => `\`${resource}\` | all | ${verbs.join(", ")}`),
          ),
      );
      expect(rows?.map((row) => row.split(" | ").slice(1, 4).join(" | "))).toEqual(rules);
    }
  });
});

describe("rights on the Kubernetes API", () => {
  const wants = (component: string, more: object = {}): RequirementOf => ({
    component,
    requirement: { kind: "api", apiGroup: "", resource: "pods", verbs: ["list", "watch"], ...more },
  });
  const rows = (...requirements: readonly RequirementOf[]) =>
    unpadded(apiTable(accessGrants(requirements), requirements))
      .split("\n")
      .slice(2);

  test("are none where none is needed", () => {
    expect(apiTable([], [])).toBe("None.");
  });

  test("have a component that needs less of one beside those that need all of it", () => {
    expect(rows(wants("a"), wants("b", { namespaces: ["ais"] }), wants("c", { verbs: ["get"] }))).toEqual([
      "| the whole cluster | `pods` | all | get, list, watch | `a` (list, watch)<br/>`b` (list, watch, in `ais` only)<br/>`c` (get) |",
    ]);
  });

  test("are by namespace where no component needs more", () => {
    expect(rows(wants("a", { namespaces: ["ais", "logs"] }), wants("b", { namespaces: ["ais"] }))).toEqual([
      "| namespace `ais` | `pods` | all | list, watch | `a`<br/>`b` |",
      "| namespace `logs` | `pods` | all | list, watch | `a` |",
    ]);
  });

  test("are on the objects that are named", () => {
    const secret = { resource: "secrets", verbs: ["get"], resourceNames: ["remote"] };
    expect(rows(wants("a", secret))).toEqual(["| the whole cluster | `secrets` | `remote` | get | `a` |"]);
    expect(rows(wants("a", secret), wants("b", { resource: "secrets", verbs: ["get"] }))).toEqual([
      "| the whole cluster | `secrets` | all | get | `a` (on `remote` only)<br/>`b` |",
    ]);
  });

  test("name the API group", () => {
    expect(rows(wants("a", { apiGroup: "discovery.k8s.io", resource: "endpointslices" }))).toEqual([
      "| the whole cluster | `endpointslices.discovery.k8s.io` | all | list, watch | `a` |",
    ]);
  });
});
