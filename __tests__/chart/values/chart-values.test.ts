import { alloyRenderInput, mergeValues } from "../../../lib/chart/values/chart-values";

describe("mergeValues", () => {
  test.each([
    ["maps into maps", { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
    ["a list over a list", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["a scalar over a map", { a: { b: 1 } }, { a: "x" }, { a: "x" }],
    ["a map over a scalar", { a: "x" }, { a: { b: 1 } }, { a: { b: 1 } }],
    ["null, which tells Helm to delete a default", { a: { b: 1 } }, { a: { b: null } }, { a: { b: null } }],
  ])("puts %s", (_, values, over, merged) => {
    expect(mergeValues(values, over)).toEqual(merged);
  });

  test("changes neither of the two", () => {
    const values = { a: { b: 1 } };
    const over = { a: { c: [1] } };
    mergeValues(values, over);
    expect([values, over]).toEqual([{ a: { b: 1 } }, { a: { c: [1] } }]);
  });
});

describe("alloyRenderInput", () => {
  test("has the values that this project sets, and nothing of what it adds to the render", () => {
    expect(alloyRenderInput()).toMatchObject({
      release: "alloy",
      namespace: "monitoring",
      kubernetesVersion: "1.28.0",
      values: {
        alloy: { configMap: { create: false, name: "alloy-config", key: "config.alloy" } },
        controller: { type: "daemonset" },
        crds: { create: false },
        rbac: { create: false },
      },
    });
  });

  test("merges over them the environment's values that are not put in their place", () => {
    const { values } = alloyRenderInput({
      chartValues: {
        controller: { tolerations: [{ operator: "Exists" }] },
        service: { enabled: true, nodePort: 31000 },
        crds: { create: false },
      },
      configMapName: "other",
      configMapKey: "other.alloy",
    });
    expect(values).toEqual({
      alloy: { configMap: { create: false, name: "other", key: "other.alloy" } },
      controller: { type: "daemonset" },
      crds: { create: false },
      rbac: { create: false },
      service: { nodePort: 31000 },
    });
  });

  test("has no values that the chart has by itself: they take no other render", () => {
    const chartValues = {
      nameOverride: null,
      global: { image: { registry: "", pullSecrets: [] } },
      alloy: {
        enableReporting: true,
        uiPathPrefix: "/",
        mounts: { varlog: false, extra: [] },
        extraPorts: [],
      },
      image: { registry: "docker.io", repository: "grafana/alloy", tag: null, digest: null },
      configReloader: { enabled: true },
      controller: { tolerations: [] },
      service: { nodePort: 31128 },
      serviceMonitor: { enabled: false, interval: "" },
    };
    expect(alloyRenderInput({ chartValues })).toEqual(alloyRenderInput());
    expect(alloyRenderInput({ chartValues: { ...chartValues, image: { tag: "v1" } } }).values).toMatchObject({
      image: { tag: "v1" },
    });
    expect(alloyRenderInput({ chartValues: { configReloader: { enabled: null } } }).values).toMatchObject({
      configReloader: { enabled: null },
    });
  });
});

test("objects of an environment's own take no other render", () => {
  const extraObjects = [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine" } }];
  expect(alloyRenderInput({ chartValues: { extraObjects } })).toEqual(alloyRenderInput({}));
});
