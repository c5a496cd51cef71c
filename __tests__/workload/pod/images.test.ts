import { alloyChart } from "../../../lib/chart/render/pins";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import type { ContainerImages } from "../../../lib/schema/sources";
import { daemonSet, storeOf } from "../../chart/fixtures/in-memory-render";
import { synth } from "../fixtures/synthesized-workload";

const digest = `sha256:${"0".repeat(64)}`;
const other = `sha256:${"1".repeat(64)}`;
const chartsReloader =
  "quay.io/prometheus-operator/prometheus-config-reloader:v0.91.0@sha256:7d9e4eea5f1139e602508871f422b0116c60e87c662f3dcd234d5ab60cd0d8c1";

function imagesOf(images: Partial<ContainerImages>): readonly unknown[] {
  const synthesized = synth({ images: { pullSecrets: [], ...images } });
  return ["alloy", "config-reloader"].map((name) => synthesized.container(name).map.image);
}

describe("images", () => {
  test.each<[string, Partial<ContainerImages>, readonly [agent: string, reloader: string]]>([
    ["the chart's", {}, ["docker.io/grafana/alloy:v1.18.1", chartsReloader]],
    [
      "of a registry",
      { registry: "registry.example.com:5000/mirror" },
      [
        "registry.example.com:5000/mirror/grafana/alloy:v1.18.1",
        chartsReloader.replace("quay.io", "registry.example.com:5000/mirror"),
      ],
    ],
    ["of a tag", { agent: { tag: "v1.18.2" } }, ["docker.io/grafana/alloy:v1.18.2", chartsReloader]],
    ["of a digest", { agent: { digest } }, [`docker.io/grafana/alloy@${digest}`, chartsReloader]],
    [
      "of both, and of another reloader, whose digest in the chart is of another tag",
      { agent: { tag: "v2", digest }, reloader: { tag: "v3" } },
      [`docker.io/grafana/alloy:v2@${digest}`, "quay.io/prometheus-operator/prometheus-config-reloader:v3"],
    ],
  ])("%s", (_, images, expected) => {
    expect(imagesOf(images)).toEqual(expected);
  });

  test.each<[string, Partial<ContainerImages>, agent: string]>([
    ["the chart's", {}, `docker.io/grafana/alloy:v1.18.1@${digest}`],
    [
      "of the chart's tag, as it stays when the chart's is another",
      { agent: { tag: "v1.18.1" } },
      "docker.io/grafana/alloy:v1.18.1",
    ],
    ["of another tag", { agent: { tag: "v1.18.2" } }, "docker.io/grafana/alloy:v1.18.2"],
    ["of a mirror", { registry: "a.b" }, "a.b/grafana/alloy:v1.18.1"],
    ["of another digest", { agent: { digest: other } }, `docker.io/grafana/alloy@${other}`],
  ])("where the digest of the chart's is known: %s", (_, images, agent) => {
    const chart = { ...alloyChart(), images: { "docker.io/grafana/alloy:v1.18.1": digest } };
    const synthesized = synth({ chart, images: { pullSecrets: [], ...images } });
    expect(synthesized.container("alloy").map.image).toBe(agent);
    expect(synthesized.container("config-reloader").map.image).toMatch(
      /\/prometheus-config-reloader:v0\.91\.0@/,
    );
    expect(synth({ chart }).container("alloy").map.image).toBe(`docker.io/grafana/alloy:v1.18.1@${digest}`);
  });

  test.each([
    [{ tag: "v1.18.2" }, "v1.18.2"],
    [{ tag: "v1.18.2", digest }, "v1.18.2"],
    [{ digest }, "0".repeat(63)],
    [{ tag: `_${"a".repeat(62)}.b` }, "a".repeat(62)],
  ])("say their version on each object of the chart: %j", (agent, label) => {
    const synthesized = synth({ images: { pullSecrets: [], agent } });
    for (const kind of ["ServiceAccount", "Service", "DaemonSet"]) {
      const { map } = synthesized.object(kind).fields("metadata", "labels");
      expect(map["app.kubernetes.io/version"]).toBe(label);
    }
    expect(synthesized.object("Namespace").fields("metadata", "labels").map).not.toHaveProperty([
      "app.kubernetes.io/version",
    ]);
  });

  test("are pulled with the Secrets of the environment", () => {
    const images = { pullSecrets: ["a", "b"] };
    expect(synth({ images }).pod.map.imagePullSecrets).toEqual([{ name: "a" }, { name: "b" }]);
    expect(synth().pod.map).not.toHaveProperty("imagePullSecrets");
  });

  test("of a sidecar that is switched off is none", () => {
    const chartValues = { configReloader: { enabled: false } };
    const manifests = daemonSet
      .replace(/ {8}- name: config-reloader\n(.*\n){2}/, "")
      .replace("name: alloy\n", "name: alloy\n          image: grafana/alloy\n");
    const renders = storeOf(manifests, alloyRenderInput({ chartValues }));
    const images = { pullSecrets: [], registry: "a.b" };
    expect(synth({ images, chartValues, renders }).container("alloy").map.image).toBe("a.b/grafana/alloy");
  });
});
