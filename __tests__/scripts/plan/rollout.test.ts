import { agent, type PodParts, saidOf, type Written } from "./objects";

const pods = (before: readonly Written[], after: readonly Written[]) => saidOf("Pods", before, after);
const [old, other] = ['logging { level = "info" }', 'logging { level = "warn" }'];

describe("another config alone", () => {
  const reload = (parts: PodParts) => pods(agent(old, parts), agent(other, parts));

  test("is reloaded where a sidecar watches its folder", () => {
    expect(reload({})).toEqual([
      "~ no pod restarts: reloader has Alloy reload its config, on all nodes within some two minutes",
    ]);
  });

  test.each<[string, PodParts]>([
    ["no sidecar", { reloader: [] }],
    ["one that watches another folder", { reloader: ["--watched-dir=/etc/other", "--reload-url=x"] }],
    ["one that has nothing to call", { reloader: ["--watched-dir=/etc/alloy"] }],
  ])("is reloaded by nothing where there is %s", (_, parts) => {
    expect(reload(parts)).toEqual([
      "! nothing has Alloy reload its config, since no sidecar watches it: it holds from the next restart on (kubectl rollout restart daemonset/alloy --namespace telemetry)",
    ]);
  });
});

describe("another pod", () => {
  const image = { container: { image: "alloy:v2" } };
  const restart = (workload: object, after: PodParts = image) =>
    pods(agent(old, { workload }), agent(old, { ...after, workload }));

  test.each<[string, object, string]>([
    ["by Kubernetes' default, one at a time", {}, "1 at a time"],
    [
      "as many at a time as the strategy says",
      { minReadySeconds: 10, updateStrategy: { rollingUpdate: { maxUnavailable: "10%" } } },
      "10% at a time, each ready for 10 s",
    ],
    [
      "beside the old ones",
      { updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 2 } } },
      "0 at a time, with up to 2 more beside them",
    ],
  ])("restarts them %s", (_, workload, words) => {
    expect(restart(workload)).toEqual([`~ DaemonSet alloy restarts its pods, ${words}`]);
  });

  test("waits for the old one to be deleted, where the strategy says so", () => {
    expect(restart({ updateStrategy: { type: "OnDelete" } })).toEqual([
      "~ DaemonSet alloy has new pods, each once its old one is deleted (OnDelete)",
    ]);
  });

  test("reads the new config at once, and the old ones until their turn", () => {
    expect(pods(agent(old), agent(other, image))).toEqual([
      "~ DaemonSet alloy restarts its pods, 1 at a time",
      "  until its turn comes, a running agent reloads the new config, or keeps what it runs where it can't load that",
    ]);
    expect(pods(agent(old, { reloader: [] }), agent(other, { ...image, reloader: [] }))).toEqual([
      "~ DaemonSet alloy restarts its pods, 1 at a time",
    ]);
  });
});

test("what is said of the DaemonSet itself restarts nothing", () => {
  const strategy = { workload: { updateStrategy: { rollingUpdate: { maxUnavailable: 5 } } } };
  expect(pods(agent(old), agent(old, strategy))).toEqual(["  no pod restarts, and none reloads its config"]);
});

test("a selector can't change in a DaemonSet that is there", () => {
  const selector = { workload: { selector: { matchLabels: { app: "alloy", more: "x" } } } };
  expect(pods(agent(old), agent(old, selector))).toEqual([
    "! DaemonSet alloy can't be applied over the one that is there, as its selector changes: delete that first, with --cascade=orphan if its pods are to run until then",
  ]);
});

test("an agent that moves is told as one", () => {
  const moved = agent(old).map((object) => ({
    ...object,
    metadata: { ...object.metadata, namespace: "elsewhere" },
  }));
  expect(pods(agent(old), moved)).toEqual([
    "~ DaemonSet alloy in telemetry goes, and DaemonSet alloy in elsewhere comes: what prunes objects ends the old pods, else both run",
  ]);
});

test("an agent comes and goes", () => {
  const others = agent(old).slice(1);
  expect(pods(others, agent(old))).toEqual(["+ DaemonSet alloy is new: a pod on each node that it selects"]);
  expect(pods(agent(old), others)).toEqual(["- DaemonSet alloy goes, and its pods end"]);
});
