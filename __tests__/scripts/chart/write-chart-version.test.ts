import { parse } from "yaml";
import { ChartError } from "../../../lib/chart/render/names";
import { withChartVersion } from "../../../scripts/chart/write-chart-version";

describe("withChartVersion", () => {
  test.each([
    ["adds the key", "a: 1\n", "a: 1\n\nchart_version: 2.0.0\n"],
    ["adds it after a last line that doesn't end", "a: 1", "a: 1\n\nchart_version: 2.0.0\n"],
    ["adds it after a block", "a: |\n  b\n", "a: |\n  b\n\nchart_version: 2.0.0\n"],
    ["keeps the ends of lines", "a: 1\r\n", "a: 1\r\n\r\nchart_version: 2.0.0\r\n"],
    [
      "changes the value, and nothing beside it",
      "# A\nchart_version: '1.0.0' # why\n\nb: [ 1 ]\n",
      "# A\nchart_version: 2.0.0 # why\n\nb: [ 1 ]\n",
    ],
    ["fills a key that is empty", "chart_version:\nb: 1\n", "chart_version: 2.0.0\nb: 1\n"],
    ["fills one with a comment", "chart_version: # none\nb: 1\n", "chart_version: 2.0.0 # none\nb: 1\n"],
    ["changes a map in one line", "{chart_version: 1.0.0, b: 1}\n", "{chart_version: 2.0.0, b: 1}\n"],
  ])("%s", (_, text, changed) => {
    expect(withChartVersion(text, "2.0.0", "x.yaml")).toBe(changed);
    expect(parse(changed)).toEqual({ ...parse(text), chart_version: "2.0.0" });
  });

  test.each([
    ["a map in one line", "{a: 1}\n"],
    ["an end of the document", "a: 1\n...\n"],
    ["indented keys", "  a: 1\n"],
    ["an alias", "a: &v 1.0.0\nchart_version: *v\n"],
  ])("leaves to the operator %s", (_, text) => {
    expect(() => withChartVersion(text, "2.0.0", "x.yaml")).toThrow(
      new ChartError("x.yaml: cannot be changed here; write chart_version: 2.0.0 into it, and repeat this"),
    );
  });
});
