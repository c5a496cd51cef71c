import { environmentOf, type Settings } from "../../pipeline/pipeline-of";
import * as facts from "./facts";
import { granted } from "./granted";

interface Combination {
  readonly signals: facts.Signals;
  readonly destinations: "local" | "remote" | "both";
  readonly queue: "disk" | "memory" | "none";
  readonly runtime: facts.Runtime;
  readonly hostNetwork: boolean;
  readonly ethtool: boolean;
  /** Whether positions are kept on the node. */
  readonly keeps: boolean;
}

const all = (["metrics", "logs", "both"] as const).flatMap((signals) =>
  (["local", "remote", "both"] as const).flatMap((destinations) =>
    (["disk", "memory", "none"] as const).flatMap((queue) =>
      (["docker", "containerd", "crio"] as const).flatMap((runtime) =>
        [false, true].flatMap((hostNetwork) =>
          [false, true].flatMap((ethtool) =>
            [false, true].map(
              (keeps): Combination => ({
                signals,
                destinations,
                queue,
                runtime,
                hostNetwork,
                ethtool,
                keeps,
              }),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** A queue on disk without a disk is a mistake. */
const combinations = all.filter(({ queue, keeps }) => keeps || queue !== "disk");

function settingsOf(combination: Combination): Settings {
  const { signals, destinations, queue, runtime, hostNetwork, ethtool, keeps } = combination;
  const urls = (host: string) => ({
    ...(signals !== "logs" && { metricsEndpoint: `${host}/v1/metrics` }),
    ...(signals !== "metrics" && { logsEndpoint: `${host}/v1/logs` }),
    queue: { storage: queue },
  });
  return {
    container_runtime: runtime,
    host_network: hostNetwork,
    ...(ethtool && { ethtool: { device_include: "^ens.*" } }),
    ...(destinations !== "remote" && { local: urls("http://otlp.monitoring.svc:4318") }),
    ...(destinations !== "local" && {
      remote: { ...urls("https://otlp.example.com"), secret: "alloy-remote", scope: "s" },
    }),
    ...(!keeps && { storage: { path: "none" } }),
  };
}

/** The same by the facts. */
function needed({ signals, destinations, queue, runtime, hostNetwork, ethtool, keeps }: Combination) {
  const metrics = signals !== "logs";
  const stored = keeps && (signals !== "metrics" || queue === "disk");
  const netAdmin = ethtool && metrics && hostNetwork;
  const readsNode = metrics || stored;
  return {
    rules: facts.rules[signals],
    roles: 0,
    hostNetwork,
    capabilities: { drop: ["ALL"], ...(netAdmin && { add: ["NET_ADMIN"] }) },
    root: readsNode,
    mounts: [
      ...facts.ofAgent,
      ...facts.ofApi,
      ...(metrics ? [...facts.ofMetrics, ...facts.ofRuntime[runtime]] : []),
      ...(stored ? facts.ofStorage : facts.inPod),
      ...(destinations === "local" ? [] : facts.ofRemote),
    ].sort(),
    unmounted: 0,
    others: ["config-reloader"],
    level: readsNode || hostNetwork ? "privileged" : "restricted",
    policies: hostNetwork ? 0 : 1,
  };
}

describe("an agent is given what its sources and destinations need, and no more", () => {
  test.each(combinations)(
    "$signals to $destinations, queue $queue, $runtime, host network $hostNetwork, ethtool $ethtool, kept $keeps",
    (combination) => {
      expect(granted(settingsOf(combination))).toEqual(needed(combination));
    },
  );

  test("none without a destination, which is a mistake", () => {
    expect(() => environmentOf({ container_runtime: "crio" })).toThrow("nothing is sent");
  });
});
