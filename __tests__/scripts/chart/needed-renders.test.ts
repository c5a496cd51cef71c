import { alloyChart } from "../../../lib/chart/render/pins";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
import { DiagnosticsError } from "../../../lib/environment";
import { readEnvironment } from "../../../lib/environment/read";
import {
  chartUses,
  locateRenderErrors,
  type NeededRender,
  neededRenders,
} from "../../../scripts/chart/needed-renders";
import { asOneError, RenderError } from "../../../scripts/chart/render-missing";

const pins = { name: "alloy", repository: "", version: "1.11.1", digests: { "1.11.1": "00", "1.8.0": "11" } };

function needed(...settings: readonly string[]): readonly NeededRender[] {
  const environments = settings.flatMap((text, index) => {
    const name = `${index}`;
    const least = "container_runtime: crio\nlocal: {endpoint: http://a}\n";
    return readEnvironment(name, `${name}.yaml`, least + text).environment ?? [];
  });
  return neededRenders(chartUses(environments, pins));
}

describe("what environments have to be rendered for", () => {
  test("is the chart in their version, with their values", () => {
    const { environment, input } = needed("image: {tag: a}")[0] ?? {};
    expect(input).toEqual(
      alloyRenderInput({ chart: alloyChart("1.11.1", pins), chartValues: { image: { tag: "a" } } }),
    );
    const uses =
      environment === undefined ? [] : chartUses([{ ...environment, chartVersion: "1.8.0" }], pins);
    expect(neededRenders(uses)[0]?.input.chart).toEqual({
      name: "alloy",
      repository: "",
      version: "1.8.0",
      digest: "11",
    });
  });
});

describe("a failure to render", () => {
  const renders = needed("image: {tag: a}", "image: {tag: b}", "", "image: {tag: a}");

  test("is told at the values of each environment that has them", () => {
    const failures = renders.slice(0, 2).map(({ input }) => new RenderError(input, "fails"));
    const error = locateRenderErrors(asOneError(failures), renders);
    expect(error).toBeInstanceOf(DiagnosticsError);
    expect(String(error).split("\n")).toEqual(
      [0, 1, 3].map((index) => `${index}.yaml:3:9: image.tag: fails`),
    );
  });

  test.each([new Error("other"), new AggregateError([]), new AggregateError([new Error("other")])])(
    "that is none is left as it is: %p",
    (error) => {
      expect(locateRenderErrors(error, renders)).toBe(error);
    },
  );
});
