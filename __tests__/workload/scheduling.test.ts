import { alloyRenderInput } from "../../lib/workload/chart-values";
import { daemonSet, storeOf } from "./fixtures/in-memory-render";
import { synth } from "./fixtures/synthesized-workload";

const notVirtual = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: "type", operator: "NotIn", values: ["virtual-kubelet"] }] },
      ],
    },
  },
};

const defaults = {
  tolerations: [{ operator: "Exists" }],
  priorityClassName: "system-node-critical",
  nodeSelector: { "kubernetes.io/os": "linux" },
  affinity: notVirtual,
};

/** The workload of an environment with values of the chart's controller, rendered so. */
function withController(controller: object, rendered: object = controller) {
  const chartValues = { controller };
  const fields = Object.entries(rendered).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}\n`);
  const manifests = daemonSet.replace("      dnsPolicy", `${fields.join("")}      dnsPolicy`);
  return synth({ chartValues, renders: storeOf(manifests, alloyRenderInput({ chartValues })) });
}

describe("the agent", () => {
  test("runs on every Linux node, and is among the last to go", () => {
    expect(synth().pod.map).toMatchObject(defaults);
  });

  test.each([
    ["tolerations", [{ key: "a", operator: "Exists" }]],
    ["priorityClassName", "observability"],
    ["nodeSelector", { pool: "storage" }],
    ["affinity", { podAffinity: {} }],
  ])("has the chart's value of %s where an environment gives it, and the other defaults", (name, value) => {
    expect(withController({ [name]: value }).pod.map).toMatchObject({ ...defaults, [name]: value });
    expect(withController({ [name]: value }).pod.map[name]).toEqual(value);
  });

  test.each(["tolerations", "priorityClassName", "nodeSelector", "affinity"])(
    "has no %s where the chart's value is empty",
    (name) => {
      // The chart renders nothing then.
      expect(withController({ [name]: null }, {}).pod.map).not.toHaveProperty(name);
    },
  );
});

describe("agents are replaced", () => {
  test.each([
    [undefined, "10%"],
    ["25%", "25%"],
    [1, 1],
  ])("%s at a time: %s", (maxUnavailable, expected) => {
    const { map } = synth(maxUnavailable === undefined ? {} : { maxUnavailable })
      .object("DaemonSet")
      .fields("spec");
    expect(map.updateStrategy).toEqual({
      type: "RollingUpdate",
      rollingUpdate: { maxUnavailable: expected },
    });
  });

  test("as the chart's value says", () => {
    const synthesized = withController({ updateStrategy: { type: "OnDelete" } }, {});
    expect(synthesized.object("DaemonSet").fields("spec").map.updateStrategy).toEqual({ type: "OnDelete" });
  });
});
