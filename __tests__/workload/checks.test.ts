import type { JsonMap } from "../../lib/chart";
import { firstKey } from "../../lib/chart/values/chart-values";
import { takenNames, takenPorts } from "../../lib/workload/checks";
import { of } from "./fixtures/requirements";
import { leastProps, mistakesOf, synth, told } from "./fixtures/synthesized-workload";

const owned = { variables: ["POD_NAME"], volumes: ["proc"], mountPaths: ["/proc"] };

function errorsOf(values: JsonMap): readonly (readonly [string, string])[] {
  return told(takenNames(values, owned)).map(([path, message]) => [
    path.replace("chartValues.", ""),
    message,
  ]);
}

describe("a chart value that collides with what the agent has is refused with what to do instead", () => {
  test.each<[string, JsonMap, string, JsonMap]>([
    [
      "controller.volumes.extra.0.name",
      { controller: { volumes: { extra: [{ name: "proc", emptyDir: {} }] } } },
      "the agent has a volume of that name already: proc; leave it out or choose another",
      { controller: { volumes: { extra: [{ name: "scratch", emptyDir: {} }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/proc" }] } } },
      "collides with /proc, which the agent's container has already; write another path than /proc",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/scratch" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "//proc/./" }] } } },
      "collides with /proc, which the agent's container has already; write another path than //proc/./",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/sys/fs/bpf" }] } } },
    ],
    [
      "alloy.extraEnv.0.name",
      { alloy: { extraEnv: [{ name: "POD_NAME", value: "x" }] } },
      "the agent has a variable of that name already: POD_NAME; leave it out or choose another",
      { alloy: { extraEnv: [{ name: "OTHER_POD_NAME", value: "x" }] } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/" }] } } },
      "collides with /etc/alloy, which the agent's container has already; write another path than /",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/scratch" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/etc" }] } } },
      "collides with /etc/alloy, which the agent's container has already; write another path than /etc",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/etc/ssl" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/etc/alloy/more" }] } } },
      "collides with /etc/alloy, which the agent's container has already; write another path than /etc/alloy/more",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/etc/alloy-more" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/proc/1" }] } } },
      "collides with /proc, which the agent's container has already; write another path than /proc/1",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/process" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/usr" }] } } },
      "collides with /usr, which the agent's container has already; write another path than /usr",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/usr/local/share/x" }] } } },
    ],
  ])("%s", (key, refused, message, taken) => {
    expect(errorsOf(refused)).toEqual([[key, message]]);
    expect(errorsOf(taken)).toEqual([]);
  });

  test("below /sys there are folders to mount at", () => {
    const at = (mountPath: string) => ({ alloy: { mounts: { extra: [{ name: "x", mountPath }] } } });
    const paths = (mountPath: string) => takenNames(at(mountPath), { ...owned, mountPaths: ["/sys"] });
    expect(paths("/sys/fs/bpf")).toEqual([]);
    expect(paths("/sys")).toHaveLength(1);
  });

  test("what the chart itself has in the pod is taken too", () => {
    const keys = errorsOf({
      alloy: {
        mounts: { extra: [{ name: "x", mountPath: "/etc/alloy" }] },
      },
      controller: { volumes: { extra: [{ name: "config", emptyDir: {} }] } },
    }).map(([key]) => key);
    expect(keys).toEqual(["controller.volumes.extra.0.name", "alloy.mounts.extra.0.mountPath"]);
  });
});

test.each([
  [{ image: { tag: "v1", digest: "x" }, service: {} }, ["image", "tag"]],
  [{ alloy: { extraArgs: ["--x"] } }, ["alloy", "extraArgs"]],
  [{}, []],
])("firstKey of %j is %j", (values, key) => {
  expect(firstKey(values)).toEqual(key);
});

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
    // Its container is built all the same, without the port.
    const containers = extraContainers.map((container) => ({ ...container, image: "a:1" }));
    expect(
      mistakesOf(() => synth({ requirements, chartValues: { controller: { extraContainers: containers } } })),
    ).toEqual([
      [
        "chartValues.controller.extraContainers.1.ports.0.containerPort",
        expect.stringContaining("is port 23150, on which"),
      ],
    ]);
  });
});
