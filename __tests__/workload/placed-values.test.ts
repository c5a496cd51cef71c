import { join } from "node:path";
import { App, Chart } from "cdk8s";
import { makeRender } from "../../lib/chart/render/make-render";
import { copyMap } from "../../lib/chart/render/manifest";
import { RenderStore } from "../../lib/chart/render/render-store";
import { type RenderInput, renderKey } from "../../lib/chart/render/renders";
import { alloyRenderInput, mergeValues } from "../../lib/chart/values/chart-values";
import { HelmRender } from "../../lib/workload/pod/helm-render";
import { placeValues } from "../../lib/workload/values";
import { declareMissing } from "../engines/describe";
import { moduleSources } from "../engines/program";
import { taken } from "../environment/chart-values/cases";
import { environmentOf, least } from "../environment/reading";
import { manifestsOf } from "./fixtures/manifests-of";
import { describeWithHelm } from "./fixtures/with-helm";

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

/** The folder of the chart, which the module of the version of Alloy after it has. */
function chartFolder(): { readonly folder: string } | { readonly missing: string } {
  const { ALLOY_CHART } = process.env;
  if (ALLOY_CHART !== undefined) return { folder: ALLOY_CHART };
  const sources = moduleSources("github.com/grafana/alloy@v1.19.0");
  return "missing" in sources ? sources : { folder: join(sources.folder, "operations/helm/charts/alloy") };
}

const chart = chartFolder();
const title = "a chart value that is put in its place";
if ("missing" in chart) declareMissing(title, chart.missing, () => testPlaces(""));
else describeWithHelm(title, () => testPlaces(chart.folder));

function testPlaces(folder: string): void {
  const plain = alloyRenderInput();
  const { ALLOY_CHART } = process.env;
  beforeAll(() => {
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
    expect(objectsOf(plain, RenderStore.committed, chartValues)).toEqual(objectsOf(input, store));
  });
}
