import { ChartError } from "../../../lib/chart/render/names";
import { alloyChart } from "../../../lib/chart/render/pins";
import { type RenderInput, renderKey } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";

const input = alloyRenderInput({ chartValues: { image: { tag: "v1" }, service: { enabled: false } } });

describe("renderKey", () => {
  test("is short and the same for equal inputs, whatever the order of the values", () => {
    const reordered = alloyRenderInput({
      chartValues: { service: { enabled: false }, image: { tag: "v1" } },
    });
    expect(renderKey(input)).toMatch(/^[0-9a-f]{16}$/);
    expect(renderKey(reordered)).toBe(renderKey(input));
  });

  test("does not depend on the repository: a mirror has the same archive", () => {
    expect(renderKey({ ...input, chart: { ...input.chart, repository: "https://charts.example.com" } })).toBe(
      renderKey(input),
    );
  });

  test.each<[string, RenderInput]>([
    ["the chart's name", { ...input, chart: { ...input.chart, name: "other" } }],
    ["the chart's version", { ...input, chart: { ...input.chart, version: "1.11.2" } }],
    ["the archive's digest", { ...input, chart: { ...input.chart, digest: "00" } }],
    ["the release", { ...input, release: "other" }],
    ["the namespace", { ...input, namespace: "other" }],
    ["the version of Kubernetes", { ...input, kubernetesVersion: "1.29.0" }],
    ["the values", { ...input, values: { ...input.values, image: { tag: "v2" } } }],
    ["a value that is null and not left out", { ...input, values: { ...input.values, ingress: null } }],
  ])("differs by %s", (_, other) => {
    expect(renderKey(other)).not.toBe(renderKey(input));
  });
});

describe("alloyChart", () => {
  test("is the pinned version with its published digest", () => {
    expect(alloyChart()).toEqual({
      name: "alloy",
      version: "1.11.1",
      digest: "cc4cd48a885c070fe8b2929971552852375c11e92d95fc6337d0c3fa277ac575",
      repository: "https://grafana.github.io/helm-charts",
    });
  });

  test("refuses a version that has no digest", () => {
    expect(() => alloyChart("9.9.9")).toThrow(
      new ChartError("chart alloy 9.9.9 is not pinned; imports/chart/versions.json has 1.11.1"),
    );
  });
});
