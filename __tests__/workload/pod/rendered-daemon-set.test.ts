import { App, Chart } from "cdk8s";
import { WorkloadError } from "../../../lib/chart/render/names";
import { HelmRender } from "../../../lib/workload/pod/helm-render";
import { daemonSet, input, storeOf } from "../../chart/fixtures/in-memory-render";
import { manifestsOf } from "../fixtures/manifests-of";

function renderOf(manifests = daemonSet): HelmRender {
  return new HelmRender(new Chart(new App(), "chart"), "render", { input, renders: storeOf(manifests) });
}

function podOf(render: HelmRender): unknown {
  const [manifest] = manifestsOf(render);
  return manifest?.content.spec;
}

describe("RenderedDaemonSet", () => {
  test("adds volumes, mounts, variables and arguments", () => {
    const render = renderOf();
    const pods = render.daemonSet();
    pods.addVolume({ name: "proc", hostPath: { path: "/proc" } });
    pods.container("alloy").addMount({ name: "proc", mountPath: "/proc", readOnly: true });
    pods.container("alloy").addVariable({ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } });
    pods.container("alloy").setArgument("--stability.level", "experimental");
    pods.container("config-reloader").addArgument("--watched-dir", "/s");
    expect(podOf(render)).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "alloy" } },
      template: {
        spec: {
          serviceAccountName: "alloy",
          containers: [
            {
              name: "alloy",
              args: ["run", "--storage.path=/tmp/alloy", "--stability.level=experimental"],
              env: [
                { name: "HOSTNAME", value: "x" },
                { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
              ],
              ports: [{ name: "http-metrics", containerPort: 12345, protocol: "TCP" }],
              volumeMounts: [
                { name: "config", mountPath: "/etc/alloy" },
                { name: "proc", mountPath: "/proc", readOnly: true },
              ],
            },
            {
              name: "config-reloader",
              args: ["--watched-dir=/etc/alloy", "--watched-dir=/s"],
              volumeMounts: [{ name: "config", mountPath: "/etc/alloy" }],
            },
          ],
          dnsPolicy: "ClusterFirst",
          volumes: [
            { name: "config", configMap: { name: "alloy-config" } },
            { name: "proc", hostPath: { path: "/proc" } },
          ],
        },
      },
    });
  });

  test("takes all capabilities but those asked for, here and in the chart's values", () => {
    const context = "securityContext: {runAsUser: 0, capabilities: {drop: [CHOWN], add: [SYS_PTRACE]}}";
    const render = renderOf(daemonSet.replace("- name: alloy\n", `- name: alloy\n          ${context}\n`));
    render.daemonSet().container("alloy").limitCapabilities(["NET_ADMIN"]);
    expect(podOf(render)).toHaveProperty("template.spec.containers.0.securityContext", {
      runAsUser: 0,
      capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "SYS_PTRACE"] },
    });
  });

  test("takes an image from elsewhere, and of another version", () => {
    const render = renderOf(
      daemonSet.replace("- name: alloy\n", "- name: alloy\n          image: a.b/c:d@e\n"),
    );
    const container = render.daemonSet().container("alloy");
    container.pullFrom("f.g/h");
    expect(container.image).toEqual({ registry: "f.g", repository: "h/c", tag: "d", digest: "e" });
    container.useVersion({ digest: "i" });
    expect(podOf(render)).toHaveProperty("template.spec.containers.0.image", "f.g/h/c@i");
  });

  test("adds pull secrets to those that are there", () => {
    const render = renderOf(daemonSet.replace("dnsPolicy", "imagePullSecrets: [{name: a}]\n      dnsPolicy"));
    render.daemonSet().pullWith(["b"]);
    expect(podOf(render)).toHaveProperty("template.spec.imagePullSecrets", [{ name: "a" }, { name: "b" }]);
  });

  test("finds the cluster's names on the host network too", () => {
    const render = renderOf();
    render.daemonSet().useHostNetwork();
    expect(podOf(render)).toHaveProperty("template.spec.hostNetwork", true);
    expect(podOf(render)).toHaveProperty("template.spec.dnsPolicy", "ClusterFirstWithHostNet");
  });
});

describe("a change that does not fit what the chart renders fails", () => {
  const pods = "in DaemonSet alloy of chart alloy 1.11.1";
  const noLonger = "what lib/workload changes there no longer fits what the chart renders";

  test.each<[string, string, (render: HelmRender) => void, string]>([
    [
      "a container of another name",
      daemonSet.replace("name: config-reloader", "name: reloader"),
      (render) => render.daemonSet().container("config-reloader"),
      "DaemonSet alloy of chart alloy 1.11.1 has no container config-reloader; it has alloy, reloader",
    ],
    [
      "no volumes",
      daemonSet.replace(/volumes:.*/, ""),
      (render) => render.daemonSet().addVolume({ name: "x", hostPath: { path: "/x" } }),
      `DaemonSet alloy of chart alloy 1.11.1 has no list at volumes: ${noLonger}`,
    ],
    [
      "mounts that are no list",
      daemonSet.replace("volumeMounts: [{name: config, mountPath: /etc/alloy}]", "volumeMounts: {}"),
      (render) => render.daemonSet().container("alloy").addMount({ name: "x", mountPath: "/x" }),
      `container alloy ${pods} has no list at volumeMounts: ${noLonger}`,
    ],
    [
      "no variables",
      daemonSet.replace(/env:.*/, ""),
      (render) => render.daemonSet().container("alloy").addVariable({ name: "X", value: "x" }),
      `container alloy ${pods} has no list at env: ${noLonger}`,
    ],
    [
      "a flag that is gone",
      daemonSet.replace(", --stability.level=generally-available", ""),
      (render) => render.daemonSet().container("alloy").setArgument("--stability.level", "experimental"),
      `container alloy ${pods} has 0 arguments --stability.level=…, and not one`,
    ],
    [
      "a flag that is there twice",
      daemonSet.replace("[run,", "[run, --storage.path=/a,"),
      (render) => render.daemonSet().container("alloy").setArgument("--storage.path", "/b"),
      `container alloy ${pods} has 2 arguments --storage.path=…, and not one`,
    ],
    [
      "no pod",
      daemonSet.replace("template:", "pod:"),
      (render) => render.daemonSet(),
      `DaemonSet alloy of chart alloy 1.11.1 has no map at spec.template.spec: ${noLonger}`,
    ],
    [
      "no ServiceAccount",
      daemonSet.replace("serviceAccountName: alloy", ""),
      (render) => render.daemonSet().serviceAccountName,
      `DaemonSet alloy of chart alloy 1.11.1 has no text at serviceAccountName: ${noLonger}`,
    ],
    [
      "no image",
      daemonSet,
      (render) => render.daemonSet().container("alloy").pullFrom("a.b"),
      `container alloy ${pods} has no text at image: ${noLonger}`,
    ],
    [
      "an image without a name",
      daemonSet.replace("- name: alloy\n", "- name: alloy\n          image: /a:b\n"),
      (render) => render.daemonSet().container("alloy").pullFrom("a.b"),
      `container alloy ${pods} has the image /a:b, which is no name of one`,
    ],
    [
      "a volume of that name",
      daemonSet,
      (render) => render.daemonSet().addVolume({ name: "config", hostPath: { path: "/x" } }),
      "DaemonSet alloy of chart alloy 1.11.1 has a volume config already",
    ],
    [
      "something mounted there",
      daemonSet,
      (render) => render.daemonSet().container("alloy").addMount({ name: "x", mountPath: "/etc/alloy" }),
      `container alloy ${pods} has something mounted at /etc/alloy already`,
    ],
    [
      "a variable of that name",
      daemonSet,
      (render) => render.daemonSet().container("alloy").addVariable({ name: "HOSTNAME", value: "x" }),
      `container alloy ${pods} has a variable HOSTNAME already`,
    ],
  ])("%s", (_, manifests, change, message) => {
    expect(() => change(renderOf(manifests))).toThrow(new WorkloadError(message));
  });
});
