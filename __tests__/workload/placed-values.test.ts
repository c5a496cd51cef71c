import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { makeRender } from "../../lib/chart/make-render";
import { copyMap } from "../../lib/chart/manifest";
import { RenderStore } from "../../lib/chart/render-store";
import { type RenderInput, renderKey } from "../../lib/chart/renders";
import { alloyRenderInput, mergeValues } from "../../lib/chart/values/chart-values";
import { HelmRender } from "../../lib/workload/pod/helm-render";
import { placeValues, zeroIsUnset } from "../../lib/workload/values";
import { taken } from "../environment/chart-values/cases";
import { environmentOf, least } from "../environment/reading";
import { manifestsOf } from "./fixtures/manifests-of";
import { describeWithHelm } from "./fixtures/with-helm";

/** The folder of the chart, which the module of the version of Alloy after it has; undefined where it can't be had. */
function chartFolder(): string | undefined {
  const args = ["mod", "download", "-json", "github.com/grafana/alloy@v1.19.0"];
  const { status, stdout } = spawnSync("go", args, { cwd: tmpdir(), encoding: "utf8" });
  return status === 0 ? join(JSON.parse(stdout).Dir, "operations/helm/charts/alloy") : undefined;
}

/** The objects of a render, with values put in their place. */
function objectsOf(
  input: RenderInput,
  renders: RenderStore,
  chartValues: Readonly<Record<string, unknown>> = {},
) {
  const chart = new Chart(new App(), "chart");
  placeValues(new HelmRender(chart, "Render", { input, renders }), chartValues);
  return Object.fromEntries(
    manifestsOf(chart).map(({ kind, name, content }) => [`${kind} ${name}`, content]),
  );
}

describeWithHelm("a chart value that is put in its place", () => {
  const plain = alloyRenderInput();
  const { ALLOY_CHART } = process.env;
  beforeAll(() => {
    const folder = ALLOY_CHART ?? chartFolder();
    if (folder === undefined) throw new Error("the chart is not to be had: name it in ALLOY_CHART");
    process.env.ALLOY_CHART = folder;
  });
  afterAll(() => {
    if (ALLOY_CHART === undefined) delete process.env.ALLOY_CHART;
  });

  const placed = taken
    .map((values) => ({ values, chartValues: environmentOf(...least, values).chartValues }))
    .filter(({ chartValues }) => renderKey(alloyRenderInput({ chartValues })) === renderKey(plain))
    // The chart takes these through its templates, of which there is nothing to hold.
    .filter(({ chartValues }) => !("extraObjects" in chartValues));

  test.each(placed)("is where the chart has it: $values", ({ chartValues }) => {
    const input = { ...plain, values: mergeValues(plain.values, copyMap(chartValues)) };
    const store = new RenderStore("/nowhere");
    store.hold(input, makeRender(input));
    // The chart writes the zeros too that are left out here.
    const rendered = JSON.stringify(objectsOf(input, store), (key, value) =>
      value === 0 && zeroIsUnset.has(key) ? undefined : value,
    );
    expect(objectsOf(plain, RenderStore.committed, chartValues)).toEqual(JSON.parse(rendered));
  });
});
