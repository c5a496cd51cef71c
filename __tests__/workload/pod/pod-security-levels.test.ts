import { copyMap, mapAt } from "../../../lib/chart/render/manifest";
import { podSecurityOf } from "../../../lib/workload/pod/pod-security-levels";
import { cases } from "./pods";

const template = (pod: object) => {
  const { metadata = {}, spec = {} } = copyMap(pod);
  return {
    annotations: mapAt(mapAt({ metadata }, "metadata"), "annotations"),
    spec: mapAt({ spec }, "spec"),
  };
};

describe("the lowest level that admits a pod with", () => {
  test.each(Object.entries(cases))("%s", (_, { level, pod }) => {
    expect(podSecurityOf(template(pod)).level).toBe(level);
  });
});

test("what the level below doesn't admit is said, and nothing of the level itself", () => {
  const pod = {
    metadata: { annotations: { "container.apparmor.security.beta.kubernetes.io/b": "unconfined" } },
    spec: {
      hostNetwork: true,
      volumes: [{ name: "proc", hostPath: { path: "/proc" } }],
      securityContext: { sysctls: [{ name: "kernel.msgmax" }] },
      containers: [
        { name: "a", securityContext: { privileged: true, capabilities: { add: ["NET_ADMIN"] } } },
        { name: "b", ports: [{ hostPort: 80 }], startupProbe: { tcpSocket: { host: "c" } } },
      ],
    },
  };
  expect(podSecurityOf(template(pod)).violations).toEqual([
    { what: "the node's network" },
    { what: "the node's path /proc", volume: "proc" },
    { what: "the node's port 80 of container b" },
    { what: "privileged of container a" },
    { what: "capability NET_ADMIN", capability: "NET_ADMIN", container: "a" },
    { what: "a probe of the host c of container b" },
    { what: "AppArmor unconfined" },
    { what: "sysctl kernel.msgmax" },
  ]);
  const baseline = { spec: { containers: [{ name: "a" }], volumes: [{ name: "b", nfs: {} }] } };
  expect(podSecurityOf(template(baseline)).violations).toEqual([
    { what: "volume b", volume: "b" },
    { what: "container a may escalate its privileges" },
    { what: "container a may run as root" },
    { what: "container a has no seccomp profile" },
    { what: "container a keeps capabilities" },
  ]);
});
