import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { of, proc, tailing } from "../fixtures/requirements";
import { synth } from "../fixtures/synthesized-workload";

type Props = Parameters<typeof synth>[0];

function namespaceOf(props: Props) {
  const { labels, annotations } = synth(props).object("Namespace").fields("metadata").map;
  const why = Object(annotations)["alloy-config/required-by"];
  return [Object(labels)["pod-security.kubernetes.io/enforce"], ...String(why ?? "").split("\n")];
}

const needsPath = of("prometheus.exporter.unix.node", proc);
const needsCapability = of("prometheus.exporter.unix.node", { kind: "capability", capability: "NET_ADMIN" });

describe("the namespace admits", () => {
  test.each<[string, Props, readonly string[]]>([
    ["as little as can be, where no component needs the node", {}, ["restricted", ""]],
    [
      "a component that only talks to the API",
      { requirements: tailing.filter(({ requirement }) => requirement.kind === "api") },
      ["restricted", ""],
    ],
    [
      "storage on the node",
      { requirements: of("loki.source.kubernetes.pods", { kind: "storage" }) },
      [
        "privileged",
        "privileged for the node's path /var/lib/aistore-alloy/monitoring: loki.source.kubernetes.pods",
      ],
    ],
    [
      "a path of the node",
      { requirements: needsPath },
      ["privileged", "privileged for the node's path /proc: prometheus.exporter.unix.node"],
    ],
    [
      "a capability",
      { requirements: needsCapability },
      ["privileged", "privileged for capability NET_ADMIN: prometheus.exporter.unix.node"],
    ],
    [
      "the node's network, where the kubelet looks for the UI",
      { hostNetwork: true },
      [
        "privileged",
        "privileged for a probe of the host 127.0.0.1 of container alloy: hostNetwork",
        "privileged for the node's network: hostNetwork",
      ],
    ],
    ["others that need more", { podSecurity: "baseline" }, ["baseline", "baseline: podSecurity"]],
  ])("%s", (_, props, expected) => {
    expect(namespaceOf(props)).toEqual(expected);
  });

  test("no less than the agent needs", () => {
    expect(() => synth({ requirements: needsPath, podSecurity: "baseline" })).toThrow(
      "baseline doesn't admit the agent's pod, which has the node's path /proc; write privileged, or leave it out",
    );
  });
});

describe("the agent runs", () => {
  const userOf = (props: Props) => synth(props).container("alloy").fields("securityContext").map;

  test("as the user of its image where it doesn't read the node", () => {
    expect(userOf({})).toMatchObject({ runAsNonRoot: true, runAsUser: 473, runAsGroup: 473 });
  });

  test.each([
    ["a path of the node", needsPath],
    ["a capability", needsCapability],
    ["storage on the node", of("loki.source.kubernetes.pods", { kind: "storage" })],
  ] as const)("as root for %s", (_, requirements) => {
    expect(userOf({ requirements })).not.toHaveProperty("runAsUser");
    expect(userOf({ requirements })).not.toHaveProperty("runAsNonRoot");
  });

  test("as root for paths of the node that chart values add", () => {
    const chartValues = { alloy: { mounts: { varlog: true } } };
    const volume = "volumes: [{name: varlog, hostPath: {path: /var/log}}, ";
    const renders = storeOf(daemonSet.replace("volumes: [", volume), alloyRenderInput({ chartValues }));
    expect(userOf({ chartValues, renders })).not.toHaveProperty("runAsNonRoot");
    expect(namespaceOf({ chartValues, renders })).toEqual([
      "privileged",
      "privileged for the node's path /var/log: chart values",
    ]);
  });

  test("as whom chart values say", () => {
    const chartValues = { alloy: { securityContext: { runAsUser: 0 } } };
    const renders = storeOf(daemonSet, alloyRenderInput({ chartValues }));
    expect(userOf({ chartValues, renders })).not.toHaveProperty("runAsNonRoot");
  });
});
