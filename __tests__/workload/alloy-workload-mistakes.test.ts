import type { AlloyWorkloadProps } from "../../lib/workload/props/props";
import { daemonSet, storeOf } from "../chart/fixtures/in-memory-render";
import { of, proc } from "./fixtures/requirements";
import { mistakesOf, synth } from "./fixtures/synthesized-workload";

describe("mistakes are told as mistakes of props", () => {
  const { HELM } = process.env;

  afterEach(() => {
    if (HELM === undefined) {
      delete process.env.HELM;
    } else {
      process.env.HELM = HELM;
    }
  });

  function errorsOf(props: Partial<AlloyWorkloadProps>) {
    return mistakesOf(() => synth(props));
  }

  test("chart values that collide with what the agent has, all at once", () => {
    const chartValues = {
      alloy: { mounts: { extra: [{ name: "p", mountPath: "/proc" }] } },
      controller: { volumes: { extra: [{ name: "proc", emptyDir: {} }] } },
    };
    const keys = errorsOf({ chartValues, requirements: of("prometheus.exporter.unix.node", proc) }).map(
      ([key]) => key,
    );
    expect(keys).toEqual([
      "chartValues.controller.volumes.extra.0.name",
      "chartValues.alloy.mounts.extra.0.mountPath",
    ]);
  });

  test("chart values whose render is neither recorded nor can be made", () => {
    process.env.HELM = "/nonexistent/helm";
    expect(errorsOf({ chartValues: { image: { tag: "v1.18.1" } } })).toEqual([
      [
        "chartValues.image.tag",
        "no render of chart alloy 1.11.1 with these values is recorded, and none can be made: there is no command /nonexistent/helm; install Helm 3 or 4 (https://helm.sh/docs/intro/install/), or name it in the environment variable HELM; run `npm run chart:record` where helm and the chart can be had, and commit imports/chart",
      ],
    ]);
    expect(errorsOf({ chartValues: {} })).toEqual([]);
  });

  test("a chart that the workload no longer fits", () => {
    const renders = storeOf(daemonSet.replace("- name: alloy\n", "- name: agent\n"));
    expect(errorsOf({ renders })).toEqual([
      ["", "DaemonSet alloy of chart alloy 1.11.1 has no container alloy; it has agent, config-reloader"],
    ]);
  });
});
