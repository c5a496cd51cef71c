import { firstKey, ownedValueErrors } from "../../lib/workload/owned-values";

const owned = { volumes: ["proc"], mountPaths: ["/proc"], variables: ["REMOTE_TOKEN_URL"] };

function errorsOf(values: Record<string, unknown>): readonly (readonly [string, string])[] {
  return ownedValueErrors(values, owned).map(({ key, message }) => [key.join("."), message]);
}

describe("a chart value that is this project's is refused with what to do instead", () => {
  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      "alloy.configMap",
      { alloy: { configMap: { name: "mine" } } },
      "the chart value is not yours to set: Alloy's configuration is made from this file; leave it out",
      { alloy: { clustering: { name: "mine" } } },
    ],
    [
      "alloy.stabilityLevel",
      { alloy: { stabilityLevel: "experimental" } },
      "the chart value is not yours to set: it follows from the components in use; leave it out",
      { alloy: { enableReporting: false } },
    ],
    [
      "alloy.storagePath",
      { alloy: { storagePath: "/data" } },
      "the chart value is not yours to set: write `storage.path` at the top level",
      { alloy: { listenPort: 12346 } },
    ],
    [
      "controller.hostNetwork",
      { controller: { hostNetwork: true } },
      "the chart value is not yours to set: write `host_network` at the top level",
      { controller: { hostPID: true } },
    ],
    [
      "controller.dnsPolicy",
      { controller: { dnsPolicy: "Default" } },
      "the chart value is not yours to set: it follows from `host_network`; leave it out",
      { controller: { priorityClassName: "Default" } },
    ],
    [
      "namespaceOverride",
      { namespaceOverride: "other" },
      "the chart value is not yours to set: the agent has a namespace of its own; leave it out",
      { fullnameOverride: "other" },
    ],
    [
      "rbac",
      { rbac: { create: true } },
      "the chart value is not yours to set: access to the API follows from the components in use; leave it out",
      { serviceAccount: { create: true } },
    ],
    [
      "controller.type",
      { controller: { type: "deployment" } },
      "the agent runs on every node; write `daemonset` or leave it out",
      { controller: { type: "daemonset" } },
    ],
    [
      "alloy.extraArgs.1",
      { alloy: { extraArgs: ["--disable-reporting", "--storage.path=/data"] } },
      "--storage.path is set already; leave it out",
      { alloy: { extraArgs: ["--disable-reporting", "--storage.pathological=1"] } },
    ],
    [
      "alloy.extraArgs.0",
      { alloy: { extraArgs: ["--server.http.listen-addr=0.0.0.0:1"] } },
      "--server.http.listen-addr is set already; leave it out",
      { alloy: { extraArgs: ["--server.http.memory-addr=alloy.internal:1"] } },
    ],
    [
      "controller.volumes.extra.0.name",
      { controller: { volumes: { extra: [{ name: "proc", emptyDir: {} }] } } },
      "the agent has a volume of that name already: proc; leave it out or choose another",
      { controller: { volumes: { extra: [{ name: "scratch", emptyDir: {} }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/proc" }] } } },
      "the agent has something mounted there already: /proc; leave it out or choose another",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/scratch" }] } } },
    ],
    [
      "alloy.mounts.extra.0.mountPath",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "//proc/./" }] } } },
      "the agent has something mounted there already: //proc/./; leave it out or choose another",
      { alloy: { mounts: { extra: [{ name: "x", mountPath: "/sys/fs/bpf" }] } } },
    ],
    [
      "alloy.extraEnv.0.name",
      { alloy: { extraEnv: [{ name: "REMOTE_TOKEN_URL", value: "x" }] } },
      "the agent has a variable of that name already: REMOTE_TOKEN_URL; leave it out or choose another",
      { alloy: { extraEnv: [{ name: "GOMEMLIMIT", value: "1GiB" }] } },
    ],
  ])("%s", (key, refused, message, taken) => {
    expect(errorsOf(refused)).toEqual([[key, message]]);
    expect(errorsOf(taken)).toEqual([]);
  });

  test("what the chart itself has in the pod is taken too", () => {
    const keys = errorsOf({
      alloy: {
        extraEnv: [{ name: "HOSTNAME", value: "x" }],
        mounts: { extra: [{ name: "x", mountPath: "/etc/alloy" }] },
      },
      controller: { volumes: { extra: [{ name: "config", emptyDir: {} }] } },
    }).map(([key]) => key);
    expect(keys).toEqual([
      "controller.volumes.extra.0.name",
      "alloy.mounts.extra.0.mountPath",
      "alloy.extraEnv.0.name",
    ]);
  });

  test("null, which would delete the default, is refused too", () => {
    expect(errorsOf({ controller: { type: null, dnsPolicy: null }, rbac: null }).map(([key]) => key)).toEqual(
      ["controller.dnsPolicy", "rbac", "controller.type"],
    );
  });

  test("all at once", () => {
    const keys = errorsOf({ alloy: { stabilityLevel: "x", storagePath: "x" }, rbac: {} }).map(([key]) => key);
    expect(keys).toEqual(["alloy.stabilityLevel", "alloy.storagePath", "rbac"]);
  });
});

test.each([
  [{ image: { tag: "v1", digest: "x" }, service: {} }, ["image", "tag"]],
  [{ alloy: { extraArgs: ["--x"] } }, ["alloy", "extraArgs"]],
  [{}, []],
])("firstKey of %j is %j", (values, key) => {
  expect(firstKey(values)).toEqual(key);
});
