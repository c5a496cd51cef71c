import { App, Chart } from "cdk8s";
import { copyMap } from "../../../lib/chart/render/manifest";
import { findRender, type RenderInput, RenderStore, renderKey } from "../../../lib/chart/render/renders";
import { alloyRenderInput, mergeValues } from "../../../lib/chart/values/chart-values";
import { HelmRender, placeValues } from "../../../lib/workload/pod/helm-render";
import { describeWithChart } from "../../chart/fixtures/with-helm";
import { taken } from "../../chart/values/cases";
import { environmentOf, least } from "../../environment/reading";
import { manifestsOf } from "../fixtures/manifests-of";

/** The objects of a render, with values put in their place. */
function objectsOf(
  input: RenderInput,
  renders: RenderStore,
  chartValues: Readonly<Record<string, unknown>> = {},
) {
  const chart = new Chart(new App(), "chart");
  placeValues(new HelmRender(chart, "render", { input, renders }), chartValues);
  return Object.fromEntries(
    manifestsOf(chart).map(({ kind, name, content }) => [`${kind} ${name}`, content]),
  );
}

describeWithChart("a chart value that is put in its place", () => {
  const plain = alloyRenderInput();

  const placed = taken
    .map((values) => ({ values, chartValues: environmentOf(...least, values).chartValues }))
    .filter(({ chartValues }) => renderKey(alloyRenderInput({ chartValues })) === renderKey(plain))
    // The chart takes these through its templates, of which there is nothing to hold.
    .filter(({ chartValues }) => !("extraObjects" in chartValues));

  test.each(placed)("is where the chart has it: $values", ({ chartValues }) => {
    const input = { ...plain, values: mergeValues(plain.values, copyMap(chartValues)) };
    const store = new RenderStore("/nowhere");
    findRender(input, store);
    expect(objectsOf(plain, RenderStore.committed, chartValues)).toEqual(objectsOf(input, store));
  });
});
