import { App } from "cdk8s";
import { AlloyAgent } from "../lib/alloy-agent";
import { Fields } from "../lib/workload/rendered/fields";
import { environmentOf } from "./environment/reading";

/** The agent's container and the pod's volumes in an environment. */
function podOf(...lines: readonly string[]) {
  const agent = new AlloyAgent(new App(), environmentOf("container_runtime: crio", ...lines));
  const daemonSet = agent.toJson().find(({ kind }) => kind === "DaemonSet");
  const pod = new Fields(daemonSet, "DaemonSet").fields("spec", "template", "spec");
  const container = pod.maps("containers").find(({ name }) => name === "alloy") ?? {};
  return { volumes: pod.maps("volumes"), container };
}

const logs = "local: {logsEndpoint: http://a.example.com/v1/logs}";
const metrics = "local: {metricsEndpoint: http://a.example.com/v1/metrics}";
const disk = "local: {metricsEndpoint: http://a.example.com/v1/metrics, queue: {storage: disk}}";
const remote = "remote: {metricsEndpoint: https://a.example.com/v1/metrics, secret: a, auth_type: mtls}";

describe("the agent's storage path", () => {
  const onNode = (path: string) => ({ name: "storage", hostPath: { path, type: "DirectoryOrCreate" } });
  const inPod = { name: "storage", emptyDir: {} };

  test.each([
    ["positions", [logs], onNode("/var/lib/alloy")],
    ["positions elsewhere", [logs, "storage: {path: /mnt/a}"], onNode("/mnt/a")],
    ["a queue on disk", [disk], onNode("/var/lib/alloy")],
    ["the remote's queue", [remote], onNode("/var/lib/alloy")],
    ["the remote's queue elsewhere", [remote, "storage: {path: /mnt/a}"], onNode("/mnt/a")],
    ["a queue in memory", [metrics], inPod],
    [
      "no queue",
      ["local: {metricsEndpoint: http://a.example.com/v1/metrics, queue: {storage: none}}"],
      inPod,
    ],
    ["previews forbidden", [remote, "stability: generally-available"], inPod],
    ["positions, forgotten", [logs, "storage: {path: none}"], inPod],
    ["queues, forgotten", [remote, "storage: {path: none}"], inPod],
  ])("is where what it keeps belongs: %s", (_, lines, volume) => {
    const { volumes, container } = podOf(...lines);
    expect(volumes.filter(({ name }) => name === "storage")).toEqual([volume]);
    const mountPath = "hostPath" in volume ? volume.hostPath.path : "/var/lib/alloy";
    expect(container.volumeMounts).toContainEqual({ name: "storage", mountPath });
    expect(container.args).toContain(`--storage.path=${mountPath}`);
  });
});

describe("the agent's stability level", () => {
  test.each([
    [[logs], "generally-available"],
    [[logs, "stability: experimental"], "generally-available"],
    [[disk], "public-preview"],
    [[remote], "public-preview"],
    [[remote, "stability: generally-available"], "generally-available"],
    [[remote, "storage: {path: none}"], "generally-available"],
  ])("of %j is the lowest that runs it: %s", (lines, level) => {
    expect(podOf(...lines).container.args).toContain(`--stability.level=${level}`);
  });
});
