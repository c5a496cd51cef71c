import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChartError } from "../../../lib/chart/render/names";
import { ChartLibrary } from "../../../scripts/chart/chart-library";
import { valuesSchemaFile, valuesSchemaText } from "../../../scripts/chart/values-schema-file";

const chart = { name: "small", version: "1.0.0", digest: "00", repository: "" };
const known = process.env.ALLOY_CHART;

describe("ChartLibrary", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "chart-library-"));
    writeFileSync(join(folder, "Chart.yaml"), "name: small\nversion: 1.0.0\n");
    writeFileSync(join(folder, "values.yaml"), "text: hello\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (known === undefined) {
      delete process.env.ALLOY_CHART;
    } else {
      process.env.ALLOY_CHART = known;
    }
  });

  test("opens a chart once", () => {
    const charts = new ChartLibrary(folder);
    expect(charts.isOpen(chart)).toBe(false);
    const open = charts.open(chart);
    expect(open.path).toBe(folder);
    expect(charts.isOpen(chart)).toBe(true);
    rmSync(join(folder, "Chart.yaml"));
    expect(charts.open(chart)).toBe(open);
    expect(() => new ChartLibrary(folder).open(chart)).toThrow(ChartError);
  });

  test("reads what the environment variable ALLOY_CHART names, unless it is told otherwise", () => {
    process.env.ALLOY_CHART = folder;
    expect(new ChartLibrary().open(chart).path).toBe(folder);
    expect(() => new ChartLibrary("/nonexistent").open(chart)).toThrow(/^no chart at \/nonexistent; /);
  });

  test("has the values of its charts described", () => {
    const open = new ChartLibrary(folder).open(chart);
    expect(valuesSchemaFile("imports/chart", chart)).toBe("imports/chart/small-1.0.0.values.schema.json");
    expect(JSON.parse(valuesSchemaText(open))).toMatchObject({
      title: "Values of the Helm chart small 1.0.0",
      properties: { text: { type: ["string", "null"] } },
      additionalProperties: false,
    });
    rmSync(join(folder, "values.yaml"));
    expect(() => valuesSchemaText(new ChartLibrary(folder).open(chart))).toThrow(
      new ChartError("chart small 1.0.0 has no values.yaml"),
    );
  });
});
