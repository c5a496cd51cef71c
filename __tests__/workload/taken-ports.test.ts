import { takenPorts } from "../../lib/workload/checks";
import { of } from "./fixtures/requirements";
import { leastProps, mistakesOf, synth, told } from "./fixtures/synthesized-workload";

const requirements = of("otelcol.receiver.otlp.remote", { kind: "loopbackPort", port: 23_150 });
const extraContainers = [{ name: "a" }, { name: "b", ports: [{ containerPort: 23_150 }] }];

describe("a port on which a component listens", () => {
  test.each([
    ["uiPort", { uiPort: 23_150 }],
    ["reloaderAddress", { reloaderAddress: "127.0.0.1:23150" }],
    [
      "chartValues.alloy.extraPorts.0.targetPort",
      { chartValues: { alloy: { extraPorts: [{ targetPort: 23_150 }] } } },
    ],
    [
      "chartValues.controller.extraContainers.1.ports.0.containerPort",
      { chartValues: { controller: { extraContainers } } },
    ],
  ])("is not %s too", (path, props) => {
    expect(told(takenPorts({ ...leastProps, requirements, ...props }))).toEqual([
      [path, "is port 23150, on which otelcol.receiver.otlp.remote listens; write another"],
    ]);
    const others = JSON.parse(JSON.stringify(props).replaceAll("23150", "23151"));
    expect(takenPorts({ ...leastProps, requirements, ...others })).toEqual([]);
    expect(takenPorts({ ...leastProps, ...props })).toEqual([]);
  });

  test("is refused at synth", () => {
    expect(mistakesOf(() => synth({ requirements, uiPort: 23_150 }))).toEqual([
      ["uiPort", expect.stringContaining("is port 23150, on which")],
    ]);
  });
});
