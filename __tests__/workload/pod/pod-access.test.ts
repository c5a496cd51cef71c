import { App } from "cdk8s";
import { AlloyAgent } from "../../../lib/alloy-agent";
import type { Manifest } from "../../../lib/chart/render/manifest";
import { parseManifests } from "../../../lib/chart/render/manifest";
import { RenderStore } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { requiredByAnnotation } from "../../../lib/workload/grants/required";
import { privilegesOf } from "../../../scripts/pages/privileges";
import { diagnosticsOf, environmentOf, least } from "../../environment/reading";
import { unpadded } from "../../scripts/pages/sections";
import { manifestsOf } from "../fixtures/manifests-of";

/** What is said of an environment's pod: by the annotation of its DaemonSet, a line each, and by its page. */
function said(values: string, renders?: RenderStore) {
  const environment = environmentOf(...least, values);
  const app = new App();
  const { config, workload } = new AlloyAgent(app, environment, renders === undefined ? {} : { renders });
  const daemonSet = manifestsOf(app).find(({ kind }) => kind === "DaemonSet");
  const { metadata } = JSON.parse(JSON.stringify(daemonSet?.content));
  const annotation: string = metadata.annotations[requiredByAnnotation];
  return {
    lines: annotation.split("\n"),
    page: unpadded(privilegesOf(environment, config, workload)),
    workload,
  };
}

const plain = said("");

const volume = (volume: string, mount = "mountPath: /x") =>
  `alloy: {mounts: {extra: [{name: v, ${mount}}]}}\ncontroller: {volumes: {extra: [{name: v, ${volume}}]}}`;

describe("what chart values give the pod is on its annotation and on its page", () => {
  test.each<[values: string, annotation: string, page: string]>([
    [
      volume("hostPath: {path: /}", "mountPath: /host"),
      "mount / at /host to read and write",
      "| `/` | `/host` | read and write | chart values |",
    ],
    [
      volume("hostPath: {path: /etc}", "mountPath: /x, readOnly: true"),
      "mount /etc at /x to read",
      "| `/etc` | `/x` | read | chart values |",
    ],
    [
      volume("secret: {secretName: s}"),
      "Secret s as files below /x",
      "| `s` | all | files below `/x` | chart values |",
    ],
    [
      volume("projected: {sources: [{secret: {name: s, items: [{key: k, path: k}]}}]}"),
      "Secret s as files below /x",
      "| `s` | `k` | files below `/x` | chart values |",
    ],
    [
      volume("csi: {driver: d, nodePublishSecretRef: {name: s}}"),
      "Secret s as files below /x",
      "| `s` | all | files below `/x` | chart values |",
    ],
    [
      volume("configMap: {name: m}"),
      "volume v (configMap) at /x",
      "`volume v (configMap) at /x` | chart values",
    ],
    [
      "alloy: {extraEnv: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}",
      "Secret s as variable A",
      "| `s` | `k` | variable `A` | chart values |",
    ],
    [
      "alloy: {envFrom: [{secretRef: {name: s}}]}",
      "Secret s as variable *",
      "| `s` | all | variable `*` | chart values |",
    ],
    [
      "alloy: {envFrom: [{configMapRef: {name: m}}]}",
      "variables of ConfigMap m",
      "`variables of ConfigMap m` | chart values",
    ],
    [
      "alloy: {extraEnv: [{name: HTTPS_PROXY, value: 'http://p'}]}",
      "variable HTTPS_PROXY",
      "`variable HTTPS_PROXY` | chart values",
    ],
    [
      "alloy: {extraArgs: [--server.http.enable-pprof=false]}",
      "argument --server.http.enable-pprof=false",
      "`argument --server.http.enable-pprof=false` | chart values",
    ],
    [
      "alloy: {securityContext: {privileged: true}}",
      "container alloy is privileged",
      "| is privileged | chart values |",
    ],
    [
      "alloy: {securityContext: {capabilities: {add: [SYS_PTRACE]}}}",
      "capability SYS_PTRACE",
      "| `SYS_PTRACE` | chart values |",
    ],
    [
      "alloy: {securityContext: {allowPrivilegeEscalation: true}}",
      "container alloy may gain privileges",
      "| may gain privileges | chart values |",
    ],
    [
      "alloy: {securityContext: {readOnlyRootFilesystem: false}}",
      "container alloy may write to its root file system",
      "| may write to its root file system |",
    ],
    [
      "alloy: {securityContext: {seccompProfile: {type: Unconfined}}}",
      "container alloy has all system calls",
      "| has all system calls | chart values |",
    ],
    [
      "alloy: {securityContext: {runAsUser: 1000}}",
      "container alloy runs as user 1000",
      "| 1000 | runs as user 1000 | chart values |",
    ],
    [
      "configReloader: {securityContext: {runAsUser: 0, runAsNonRoot: false}}",
      "container config-reloader runs as user 0",
      "| root | runs as user 0 | chart values |",
    ],
    [
      "alloy: {lifecycle: {preStop: {exec: {command: [sleep, '1']}}}}",
      "hook preStop",
      "`hook preStop` | chart values",
    ],
    ["alloy: {livenessProbe: {exec: {command: [a]}}}", "liveness probe", "`liveness probe` | chart values"],
    [
      "alloy: {hostAliases: [{ip: 10.0.0.1, hostnames: [a.example.com]}]}",
      "a.example.com as names of 10.0.0.1",
      "`a.example.com as names of 10.0.0.1`",
    ],
    [
      "global: {podSecurityContext: {sysctls: [{name: net.core.somaxconn, value: '1'}]}}",
      "sysctl net.core.somaxconn=1",
      "`sysctl net.core.somaxconn=1`",
    ],
    ["global: {podSecurityContext: {supplementalGroups: [42]}}", "group 42", "`group 42` | chart values"],
    ["controller: {hostPID: true}", "the node's processes", "processes` | chart values"],
    [
      "controller: {podAnnotations: {inject: 'true'}}",
      "annotation inject of the pod",
      "`annotation inject of the pod`",
    ],
    ["controller: {podLabels: {inject: 'true'}}", "label inject of the pod", "`label inject of the pod`"],
    [
      "serviceAccount: {automountServiceAccountToken: true}",
      "token of ServiceAccount alloy in container config-reloader",
      "All containers have the token of the ServiceAccount",
    ],
    [
      "serviceAccount: {annotations: {role: r}}",
      "annotation role of ServiceAccount alloy",
      "`annotation role of ServiceAccount alloy`",
    ],
    [
      "controller: {initContainers: [{name: a, image: 'b:1'}]}",
      "container a of image b:1",
      "| `a` | `b:1` | its image's, before the others start | may gain privileges<br/>",
    ],
    [
      "controller: {extraContainers: [{name: a, image: 'b:1', securityContext: {capabilities: {add: [NET_RAW]}}}]}",
      "capability NET_RAW in container a",
      "| `NET_RAW` of `a` | chart values |",
    ],
    [
      "controller: {extraContainers: [{name: a, image: 'b:1', ports: [{containerPort: 1, hostPort: 1}]}]}",
      "port TCP 1 of the node in container a",
      "| from everywhere to TCP 1 | chart values |",
    ],
    [
      "controller: {extraContainers: [{name: a, image: 'b:1', env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}",
      "Secret s as variable A in container a",
      "| `s` | `k` | variable `A` of `a` | chart values |",
    ],
    [
      "controller: {extraContainers: [{name: a, image: 'b:1', volumeMounts: [{name: v, mountPath: /x}]}], volumes: {extra: [{name: v, hostPath: {path: /etc}}]}}",
      "mount /etc at /x to read and write in container a",
      "| `/etc` | `/x` of `a` | read and write | chart values |",
    ],
  ])("%s", (values, annotation, page) => {
    const { lines, page: text } = said(values);
    expect(lines).toContain(`${annotation}: chart values`);
    expect(text).toContain(page);
    expect(plain.lines).not.toContain(`${annotation}: chart values`);
    expect(plain.page).not.toContain(page);
  });
});

describe("what has the chart rendered anew is read from the render", () => {
  test.each<[values: string, change: (text: string) => string, annotation: string]>([
    [
      "image: {repository: mirror/alloy}",
      (text) => text.replace("grafana/alloy:", "mirror/alloy:"),
      "container alloy of image docker.io/mirror/alloy:v1.18.1",
    ],
    [
      "service: {type: LoadBalancer}\nui: {expose: true}",
      (text) => text.replace('"type":"ClusterIP"', '"type":"LoadBalancer"'),
      "Service alloy of type LoadBalancer",
    ],
    [
      "serviceAccount: {name: other}",
      (text) => text.replace('"serviceAccountName":"alloy"', '"serviceAccountName":"other"'),
      "ServiceAccount other",
    ],
    [
      "alloy: {mounts: {varlog: true}}",
      (text) =>
        text
          .replace('"volumes":[', '"volumes":[{"name":"varlog","hostPath":{"path":"/var/log"}},')
          .replace(
            '"volumeMounts":[',
            '"volumeMounts":[{"name":"varlog","mountPath":"/var/log","readOnly":true},',
          ),
      "mount /var/log at /var/log to read",
    ],
    [
      "alloy: {extraPorts: [{name: a, port: 1, targetPort: 1, hostPort: 2}]}",
      (text) =>
        text.replace('"ports":[', '"ports":[{"containerPort":1,"hostPort":2,"name":"a","protocol":"TCP"},'),
      "port TCP 2 of the node",
    ],
  ])("%s", (values, change, annotation) => {
    const { lines, page } = said(values, changed(values, change));
    expect(lines).toContain(`${annotation}: chart values`);
    expect(page).not.toEqual(plain.page);
  });

  /** A store in which an environment's values render to what the chart renders without, but for a change. */
  function changed(values: string, change: (text: string) => string): RenderStore {
    const manifests: readonly Manifest[] = RenderStore.committed.find(alloyRenderInput()) ?? [];
    const text = manifests.map(({ content }) => `---\n${change(JSON.stringify(content))}\n`).join("");
    const store = new RenderStore("/nowhere");
    const { chartValues } = environmentOf(...least, values);
    store.hold(alloyRenderInput({ chartValues }), parseManifests(text, "test"));
    return store;
  }
});

test("the Pod Security level is that of all containers, with chart values as the reason", () => {
  const { workload, page } = said(
    "controller: {extraContainers: [{name: a, image: b, ports: [{containerPort: 1, hostPort: 1}]}]}",
  );
  expect(workload.podSecurity.reasons).toContainEqual({
    what: "the node's port 1 of container a",
    components: ["chart values"],
  });
  expect(page).toContain("| the node's port 1 of container a | chart values |");
});

test("a capability of another container is none of a component's", () => {
  const { workload } = said(
    "host_network: true\nethtool: {device_include: eth0}\ncontroller: {extraContainers: [{name: a, image: b, securityContext: {capabilities: {add: [NET_ADMIN]}}}]}",
  );
  expect(workload.access.capabilities.map(({ container, components }) => [container, components])).toEqual([
    ["alloy", ["prometheus.exporter.unix.node"]],
    ["a", ["chart values"]],
  ]);
});

test.each([
  "alloy: {mounts: {extra: [{name: rootfs, mountPath: /host}]}}",
  "controller: {extraContainers: [{name: a, image: b, volumeMounts: [{name: rootfs, mountPath: /host}]}]}",
  "rbac: {create: true}",
  "serviceAccount: {create: false, name: other}",
  "extraObjects: [{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a}, rules: []}]",
  "extraObjects: [{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort}}]",
  "ingress: {enabled: true}",
  "networkPolicy: {enabled: true}",
])("%s is refused", (values) => {
  expect(diagnosticsOf(...least, values)).not.toEqual([]);
});
