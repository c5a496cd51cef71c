import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { synth } from "../fixtures/synthesized-workload";

/** What nodes may not have that run no pod of a DaemonSet, as their clouds say. */
const notVirtual = [
  { key: "type", operator: "NotIn", values: ["virtual-kubelet", "virtual-node"] },
  { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: ["fargate"] },
  { key: "node-role.kubernetes.io/virtual-node", operator: "DoesNotExist" },
  { key: "node.kubernetes.io/instance-type", operator: "NotIn", values: ["eklet"] },
  { key: "virtual-kubelet.io/provider", operator: "DoesNotExist" },
  { key: "liqo.io/type", operator: "NotIn", values: ["virtual-node"] },
];
const required = (...nodeSelectorTerms: readonly object[]) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
});

const defaults = {
  tolerations: [{ operator: "Exists" }],
  priorityClassName: "system-node-critical",
  nodeSelector: { "kubernetes.io/os": "linux" },
  affinity: required({ matchExpressions: notVirtual }),
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

describe("virtual nodes are left out", () => {
  const zone = { key: "zone", operator: "In", values: ["a"] };
  const fargate = { key: "eks.amazonaws.com/compute-type", operator: "In", values: ["fargate"] };
  const name = { matchFields: [{ key: "metadata.name", operator: "In", values: ["a"] }] };
  const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: {} }] };
  const ours = required({ matchExpressions: notVirtual });

  test.each<[string, object, object]>([
    ["nothing of nodes", { podAntiAffinity: {} }, { podAntiAffinity: {}, ...ours }],
    [
      "what nodes are better",
      { nodeAffinity: preferred },
      { nodeAffinity: { ...preferred, ...ours.nodeAffinity } },
    ],
    [
      "what nodes must have, in each of the terms",
      required({ matchExpressions: [zone] }, name),
      required({ matchExpressions: [zone, ...notVirtual] }, { ...name, matchExpressions: notVirtual }),
    ],
    [
      "that they are virtual, of that alone",
      required({ matchExpressions: [fargate] }),
      required({ matchExpressions: [fargate, ...notVirtual.filter(({ key }) => key !== fargate.key)] }),
    ],
    ["a term that holds nowhere", required({}), required({})],
  ])("besides what the chart's values say: %s", (_, affinity, expected) => {
    expect(withController({ affinity }).pod.map.affinity).toEqual(expected);
  });

  test("not where the chart's value is empty", () => {
    expect(withController({ affinity: {} }, {}).pod.map).not.toHaveProperty("affinity");
  });
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
