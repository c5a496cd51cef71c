import { alloyRenderInput } from "../../lib/workload/chart-values";
import { daemonSet, storeOf } from "./fixtures/in-memory-render";
import { synth } from "./fixtures/synthesized-workload";

const resources = { requests: { cpu: "1" }, limits: { memory: "1Gi" } };

describe("resources", () => {
  test("are those that the agent is given", () => {
    expect(synth({ resources }).container("alloy").map.resources).toEqual(resources);
    expect(synth().container("alloy").map).not.toHaveProperty("resources");
  });

  test("of the sidecar are limited, beside what the chart has it ask for", () => {
    expect(synth().container("config-reloader").map.resources).toEqual({
      requests: { cpu: "10m", memory: "50Mi" },
      limits: { cpu: "100m", memory: "100Mi" },
    });
  });

  test("of the sidecar are the chart's values where an environment gives them", () => {
    const own = { requests: { memory: "1Gi" } };
    const chartValues = { configReloader: { resources: own } };
    const rendered = daemonSet.replace(
      "- name: config-reloader\n",
      `- name: config-reloader\n          resources: ${JSON.stringify(own)}\n`,
    );
    const renders = storeOf(rendered, alloyRenderInput({ chartValues }));
    expect(synth({ chartValues, renders }).container("config-reloader").map.resources).toEqual(own);
  });
});
