import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseManifests } from "../../../lib/chart/render/manifest";
import { ChartError } from "../../../lib/chart/render/names";
import { formatRecord, RenderStore } from "../../../lib/chart/render/render-store";
import { renderKey } from "../../../lib/chart/render/renders";
import { inputOf } from "../fixtures/small-chart";

const chart = { name: "small", version: "1.0.0", digest: "00", repository: "" };
const [input, other] = [inputOf(chart), inputOf(chart, { text: "other" })];
const manifests = parseManifests("apiVersion: v1\nkind: Service\nmetadata: {name: a}\n", "test");

describe("RenderStore", () => {
  const folder = mkdtempSync(join(tmpdir(), "render-store-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A store that has read nothing yet, with a record of one input. */
  function store(text = formatRecord(input, { source: "folder", helm: "v4.3" }, manifests)): RenderStore {
    const made = new RenderStore(folder);
    mkdirSync(dirname(made.fileOf(input)), { recursive: true });
    writeFileSync(made.fileOf(input), text);
    return made;
  }

  test("has a folder for each version of the chart, and a file for each input", () => {
    expect(store().fileOf(input)).toBe(join(folder, "small-1.0.0", `${renderKey(input)}.json`));
    expect(store().fileOf(other)).not.toBe(store().fileOf(input));
  });

  test("finds what is recorded, and reads it once", () => {
    const made = store();
    expect(made.find(input)).toEqual(manifests);
    expect(made.find(other)).toBeUndefined();
    rmSync(made.fileOf(input));
    expect(made.find(input)).toEqual(manifests);
    expect(new RenderStore(folder).find(input)).toBeUndefined();
  });

  test("finds what it holds, and writes nothing of it", () => {
    const made = store();
    expect(made.hold(other, manifests)).toBe(manifests);
    expect(made.find(other)).toBe(manifests);
    expect(new RenderStore(folder).find(other)).toBeUndefined();
  });

  test("refuses a record that was changed by hand", () => {
    expect(() => store("{}").find(input)).toThrow(ChartError);
  });
});
