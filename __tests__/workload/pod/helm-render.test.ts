import child_process from "node:child_process";
import net from "node:net";
import { App, Chart, JsonPatch } from "cdk8s";
import { ChartError, WorkloadError } from "../../../lib/chart/render/names";
import { RenderStore } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { HelmRender } from "../../../lib/workload/pod/helm-render";
import { daemonSet, input, storeOf } from "../../chart/fixtures/in-memory-render";
import { manifestsOf } from "../fixtures/manifests-of";

const service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: alloy}\nspec: {type: ClusterIP}\n";

function renderOf(manifests: string): HelmRender {
  return new HelmRender(new Chart(new App(), "chart"), "render", { input, renders: storeOf(manifests) });
}

describe("HelmRender", () => {
  test("makes an ApiObject of each rendered object, reachable by kind and name", () => {
    const render = renderOf(daemonSet + service);
    expect(render.objects.map(({ kind, name }) => [kind, name])).toEqual([
      ["DaemonSet", "alloy"],
      ["Service", "alloy"],
    ]);
    expect(render.object("Service", "alloy").apiVersion).toBe("v1");
  });

  test("says what there is when an object is not", () => {
    expect(() => renderOf(daemonSet + service).object("Service", "loki")).toThrow(
      new WorkloadError(
        "chart alloy 1.11.1 does not render Service loki; it renders DaemonSet alloy, Service alloy",
      ),
    );
  });

  test("is found again in the construct tree", () => {
    const app = new App();
    const chart = new Chart(app, "chart");
    expect(() => HelmRender.of(app)).toThrow(new WorkloadError("no HelmRender in the app"));
    const render = new HelmRender(chart, "render", { input, renders: storeOf(service) });
    expect(HelmRender.of(app)).toBe(render);
  });

  test("what is changed in an object is synthesized, at its top level too", () => {
    const render = renderOf(service);
    render.object("Service", "alloy").content.spec = { type: "None" };
    render.object("Service", "alloy").content.extra = true;
    render.object("Service", "alloy").metadata.addLabel("a", "b");
    expect(manifestsOf(render)[0]?.content).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "alloy", namespace: "monitoring", labels: { a: "b" } },
      spec: { type: "None" },
      extra: true,
    });
  });

  test("a change stays in its environment: what others render from the same record is untouched", () => {
    const renders = storeOf(daemonSet);
    const [first, second] = ["a", "b"].map(
      (id) => new HelmRender(new Chart(new App(), "chart"), id, { input, renders }),
    );
    first?.daemonSet().useHostNetwork();
    expect(manifestsOf(new App())).toEqual([]);
    expect(second?.object("DaemonSet", "alloy").content.spec).not.toHaveProperty("template.spec.hostNetwork");
  });

  test("is written the same, whether it has been looked at or not, and shares nothing that a change would change", () => {
    const renders = storeOf(daemonSet.replace("serviceAccountName: alloy", "serviceAccountName: null"));
    const [first, second, third] = ["a", "b", "c"].map((id) => {
      return new HelmRender(new Chart(new App(), "chart"), id, { input, renders }).object(
        "DaemonSet",
        "alloy",
      );
    });
    const untouched = first?.toJson();
    expect(untouched).not.toHaveProperty("spec.template.spec.serviceAccountName");
    expect(second?.content.spec).toBeDefined();
    expect(second?.toJson()).toEqual(untouched);
    expect(JSON.stringify(second?.toJson())).toBe(JSON.stringify(untouched));
    third?.addJsonPatch(
      JsonPatch.add("/spec/template/spec/priority", 1),
      JsonPatch.add("/spec/minReadySeconds", 0),
    );
    expect(third?.toJson()).toHaveProperty("spec.template.spec.priority", 1);
    expect(third?.toJson()).not.toHaveProperty("spec.minReadySeconds");
    expect(first?.toJson()).toEqual(untouched);
    expect(() => Object.assign(untouched?.spec ?? {}, { changed: true })).toThrow(TypeError);
  });

  test.each([
    ["a namespaced object without one gets the release's", "v1", "ConfigMap", "{name: x}", "monitoring"],
    ["a namespaced object keeps its own", "v1", "ConfigMap", "{name: x, namespace: ais}", "ais"],
    [
      "a cluster-scoped object has none",
      "rbac.authorization.k8s.io/v1",
      "ClusterRole",
      "{name: x}",
      undefined,
    ],
    ["not even when the chart names one", "v1", "Namespace", "{name: x, namespace: ais}", undefined],
    [
      "a kind of somebody else's counts as namespaced",
      "example.com/v1",
      "ClusterRole",
      "{name: x}",
      "monitoring",
    ],
  ])("namespaces: %s", (_, apiVersion, kind, metadata, namespace) => {
    const render = renderOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: ${metadata}\n`);
    expect(manifestsOf(render)[0]?.namespace).toBe(namespace);
  });

  test("refuses a chart that renders two objects of one kind and name", () => {
    expect(() => renderOf(service + service)).toThrow(
      new ChartError("chart alloy 1.11.1 renders two objects Service.alloy"),
    );
  });

  test("refuses to guess among several DaemonSets", () => {
    const two = daemonSet + daemonSet.replace("name: alloy,", "name: other,").replace("\n", "---\n");
    expect(renderOf(two).daemonSet("other").object.name).toBe("other");
    expect(() => renderOf(two).daemonSet()).toThrow(
      "chart alloy 1.11.1 does not render exactly one DaemonSet; it renders DaemonSet alloy, DaemonSet other",
    );
  });
});

describe("processes and connections", () => {
  const { HELM } = process.env;
  const forbidden = () => [
    jest.spyOn(child_process, "spawnSync"),
    jest.spyOn(child_process, "execFile"),
    jest.spyOn(net.Socket.prototype, "connect"),
  ];

  afterEach(() => {
    jest.restoreAllMocks();
    if (HELM === undefined) {
      delete process.env.HELM;
    } else {
      process.env.HELM = HELM;
    }
  });

  test("a recorded render starts and opens none", () => {
    const spies = forbidden();
    const renders = new RenderStore(RenderStore.committed.folder);
    const chart = new Chart(new App(), "chart");
    const render = new HelmRender(chart, "render", { input: alloyRenderInput(), renders });
    expect(render.objects.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "ServiceAccount alloy",
      "Service alloy",
      "DaemonSet alloy",
    ]);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  test("one that is not recorded would", () => {
    process.env.HELM = "/nonexistent/helm";
    const [spawn] = forbidden();
    const other = alloyRenderInput({ chartValues: { image: { tag: "none" } } });
    expect(() => new HelmRender(new Chart(new App(), "chart"), "render", { input: other })).toThrow(
      ChartError,
    );
    expect(spawn).toHaveBeenCalled();
  });
});
