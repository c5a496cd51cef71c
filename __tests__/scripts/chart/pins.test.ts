import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RenderStore } from "../../../lib/chart/render/renders";
import { pinnedCharts, readPins, usedPins, writePins } from "../../../scripts/chart/pins";
import { inputOf } from "../../chart/fixtures/small-chart";

const pins = {
  name: "small",
  repository: "https://charts.example.com",
  version: "1.9.0",
  digests: { "1.10.0": "10", "1.9.0": "09", "1.8.0": "08" },
};

describe("pinned versions", () => {
  const store = new RenderStore(mkdtempSync(join(tmpdir(), "pins-")));
  afterAll(() => {
    rmSync(store.folder, { recursive: true });
  });

  test("are written oldest first, and read back", () => {
    writePins(store, pins);
    expect(readPins(store)).toEqual(pins);
    const text = readFileSync(join(store.folder, "versions.json"), "utf8");
    expect(text.match(/(?<=")[\d.]+(?=": ")/g)).toEqual(["1.8.0", "1.9.0", "1.10.0"]);
    expect(text.endsWith("}\n")).toBe(true);
  });

  test("are charts with their digests", () => {
    expect(pinnedCharts(pins)[0]).toEqual({
      name: "small",
      repository: "https://charts.example.com",
      version: "1.10.0",
      digest: "10",
    });
  });

  test("that nothing is rendered by are not used, but for the one of environments that name none", () => {
    const input = inputOf({ name: "small", version: "1.8.0", digest: "08", repository: "" });
    expect(usedPins(pins, [input]).digests).toEqual({ "1.9.0": "09", "1.8.0": "08" });
    expect(usedPins(pins, [])).toEqual({ ...pins, digests: { "1.9.0": "09" } });
  });
});
