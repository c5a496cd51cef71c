import { isJsonMap } from "../../../lib/chart/render/manifest";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { synth } from "../fixtures/synthesized-workload";

const resources = { requests: { cpu: "1" }, limits: { memory: "1Gi" } };

describe("resources", () => {
  test("are those that the agent is given", () => {
    expect(synth({ resources }).container("alloy").map.resources).toEqual(resources);
    expect(synth().container("alloy").map).not.toHaveProperty("resources");
  });

  const variables = (props: Parameters<typeof synth>[0]) => {
    const { env } = synth(props).container("alloy").map;
    const pairs = (Array.isArray(env) ? env.filter(isJsonMap) : []).map(({ name, value }) => [name, value]);
    return pairs.filter(([name]) => name === "GOMEMLIMIT" || name === "GOMAXPROCS");
  };

  test.each([
    [
      { limits: { memory: "1Gi", cpu: "2" } },
      [
        ["GOMEMLIMIT", "921MiB"],
        ["GOMAXPROCS", "2"],
      ],
    ],
    [
      { limits: { memory: "2G", cpu: "3500m" } },
      [
        ["GOMEMLIMIT", "1716MiB"],
        ["GOMAXPROCS", "4"],
      ],
    ],
    [{ limits: { cpu: "500m" } }, [["GOMAXPROCS", "2"]]],
    [{ limits: {}, requests: { memory: "1Gi" } }, []],
  ])("%j tell Go what it may use", (amounts, expected) => {
    expect(variables({ resources: amounts })).toEqual(expected);
  });

  test("leave a variable of chart values as it is", () => {
    const chartValues = { alloy: { extraEnv: [{ name: "GOMAXPROCS", value: "9" }] } };
    const limits = { memory: "1Gi", cpu: "2" };
    expect(variables({ chartValues, resources: { limits } })).toEqual([
      ["GOMAXPROCS", "9"],
      ["GOMEMLIMIT", "921MiB"],
    ]);
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
