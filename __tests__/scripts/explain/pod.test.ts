import { App, Chart } from "cdk8s";
import { DiscoveryKubernetes, type DiscoveryKubernetesProps } from "../../../imports/alloy/discovery";
import { AlloyConfig } from "../../../lib/alloy";
import { isSelected, labelsOfLog, notFound, type Pod, podOf, targetOf } from "../../../scripts/explain/pod";

const pod: Pod = {
  namespace: "shop",
  name: "cart-0",
  container: "cart",
  labels: new Map([["app", "cart"]]),
  node: "n1",
};
const aistore = [{ namespace: "ais", name: "ais" }];

describe("of a pod of AIStore", () => {
  const of = (namespace: string, name: string) =>
    podOf({ namespace, name, labels: new Map(), node: "n1" }, { aistore });

  test("the name tells what the operator gives it", () => {
    expect(of("ais", "ais-target-12")).toEqual({
      namespace: "ais",
      name: "ais-target-12",
      node: "n1",
      container: "ais-node",
      controller: { kind: "StatefulSet", name: "ais-target" },
      labels: new Map([
        ["app", "ais"],
        ["component", "target"],
        ["app.kubernetes.io/name", "ais"],
        ["app.kubernetes.io/component", "target"],
      ]),
    });
  });

  test("what is said goes before", () => {
    const labels = new Map([["app", "x"]]);
    const said = podOf(
      { namespace: "ais", name: "ais-proxy-0", container: "c", labels, node: "n1" },
      { aistore },
    );
    expect(said).toMatchObject({ container: "c" });
    expect(said.labels.get("app")).toBe("x");
    expect(said.labels.get("component")).toBe("proxy");
  });

  test.each([
    ["shop", "ais-target-0"],
    ["ais", "other-target-0"],
    ["ais", "ais-client-0"],
    ["ais", "ais-target"],
  ])("nothing is known of %s/%s", (namespace, name) => {
    expect(of(namespace, name)).toMatchObject({ container: "main", labels: new Map() });
    expect(of(namespace, name).controller).toBeUndefined();
  });
});

test("discovery makes labels of what is known of the pod", () => {
  const labels = new Map([["app.kubernetes.io/name", "cart"]]);
  const target = targetOf({ ...pod, labels, image: "cart:1", controller: { kind: "Job", name: "j" } });
  expect(target).toMatchObject({
    __meta_kubernetes_namespace: "shop",
    __meta_kubernetes_pod_name: "cart-0",
    __meta_kubernetes_pod_container_name: "cart",
    __meta_kubernetes_pod_container_image: "cart:1",
    __meta_kubernetes_pod_controller_kind: "Job",
    __meta_kubernetes_pod_controller_name: "j",
    __meta_kubernetes_pod_node_name: "n1",
    __meta_kubernetes_pod_label_app_kubernetes_io_name: "cart",
    __meta_kubernetes_pod_labelpresent_app_kubernetes_io_name: "true",
  });
  expect(Object.keys(targetOf(pod)).filter((name) => /image|controller/.test(name))).toEqual([]);
});

test("a log has the labels of its target that are no inner ones, its container and its source", () => {
  const meta = targetOf(pod);
  expect(labelsOfLog({ ...meta, app: "cart" }, "loki.source.kubernetes.pods")).toEqual({
    app: "cart",
    instance: "shop/cart-0:cart",
    job: "loki.source.kubernetes.pods",
  });
  // Where the target has them already, they stay.
  const own = { ...meta, instance: "i", job: "j", __pod_name__: "other" };
  expect(labelsOfLog(own, "x")).toEqual({ instance: "i", job: "j" });
  expect(labelsOfLog({ ...own, instance: "" }, "x")).toEqual({ job: "j" });
  expect(labelsOfLog({ ...meta, __pod_name__: "other" }, "x").instance).toBe("shop/other:cart");
});

describe("discovery of pods", () => {
  const found = (props: Partial<DiscoveryKubernetesProps>) => {
    const config = new AlloyConfig(new Chart(new App(), "a"), "config");
    return notFound(new DiscoveryKubernetes(config, "pods", { role: "pod", ...props }), pod, "monitoring");
  };

  test.each<[Partial<DiscoveryKubernetesProps>, string | undefined]>([
    [{}, undefined],
    [{ namespaces: { names: ["shop", "ais"] } }, undefined],
    [{ namespaces: { names: ["ais", "lab"] } }, "looks for pods of ais, lab alone"],
    [{ namespaces: { ownNamespace: true } }, "looks for pods of monitoring alone"],
    [{ selectors: [{ role: "pod", label: "app=cart" }] }, undefined],
    [{ selectors: [{ role: "pod", label: "app=till" }] }, "looks for pods with the labels app=till alone"],
    [{ selectors: [{ role: "service", label: "app=till" }] }, undefined],
  ])("of %j finds it, or says why not", (props, why) => {
    expect(found(props)).toBe(why);
  });
});

test.each([
  ["a=b", true],
  ["a==b", true],
  ["a!=b", false],
  ["a=c", false],
  ["c!=b", true],
  ["a in (x, b)", true],
  ["a in (x)", false],
  ["c in (x)", false],
  ["a notin (x,y)", true],
  ["a notin (b)", false],
  ["c notin (x)", true],
  ["a", true],
  ["c", false],
  ["!c", true],
  ["!a", false],
  ["a=b,component in (proxy,target),!c", true],
  ["a=b,component in (proxy),!c", false],
  ["a=b,component notin (proxy),c", false],
])("the selector %s meets a=b,component=target: %s", (selector, meets) => {
  expect(isSelected(selector, new Map(Object.entries({ a: "b", component: "target" })))).toBe(meets);
});
