import { takenPortErrors } from "../../lib/workload/values";
import { of } from "./fixtures/requirements";
import { leastProps, synth } from "./fixtures/synthesized-workload";

const requirements = of("otelcol.receiver.otlp.remote", { kind: "loopbackPort", port: 23_150 });
const extraContainers = [{ name: "a" }, { name: "b", ports: [{ containerPort: 23_150 }] }];

describe("a port on which a component listens", () => {
  test.each([
    ["ui.port", { uiPort: 23_150 }],
    ["reloader.listen_address", { reloaderAddress: "127.0.0.1:23150" }],
    ["alloy.listenPort", { chartValues: { alloy: { listenPort: 23_150 } } }],
    ["alloy.extraPorts.0.targetPort", { chartValues: { alloy: { extraPorts: [{ targetPort: 23_150 }] } } }],
    [
      "controller.extraContainers.1.ports.0.containerPort",
      { chartValues: { controller: { extraContainers } } },
    ],
  ])("is not %s too", (key, settings) => {
    expect(
      takenPortErrors({ ...leastProps, requirements, ...settings }).map((error) => [
        error.key.join("."),
        error.message,
      ]),
    ).toEqual([[key, "is port 23150, on which otelcol.receiver.otlp.remote listens; write another"]]);
    const others = JSON.parse(JSON.stringify(settings).replaceAll("23150", "23151"));
    expect(takenPortErrors({ ...leastProps, requirements, ...others })).toEqual([]);
    expect(takenPortErrors({ ...leastProps, ...settings })).toEqual([]);
  });

  test("is refused at synth", () => {
    expect(() => synth({ requirements, uiPort: 23_150 })).toThrow("is port 23150, on which");
  });
});
