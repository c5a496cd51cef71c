import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseManifests } from "../../../lib/chart/render/manifest";
import { ChartError } from "../../../lib/chart/render/names";
import { formatRecord, RenderStore, readRecord, renderKey } from "../../../lib/chart/render/renders";
import { alloyRenderInput } from "../../../lib/chart/values/chart-values";
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

describe("a recorded render", () => {
  const objects = parseManifests(
    "apiVersion: v1\nkind: Service\nmetadata: {name: alloy}\nspec: {b: 1, a: [0644]}\n",
    "chart",
  );
  const input = alloyRenderInput({
    chart: { name: "alloy", version: "1.11.1", digest: "cc4c", repository: "" },
    chartValues: { image: { tag: "v1" } },
  });
  const record = formatRecord(input, { source: "archive", helm: "v4.3" }, objects);

  test("says in its first lines what made it, and has the objects as they were rendered", () => {
    expect(record.split("\n").slice(0, 2)).toEqual([
      "{",
      expect.stringMatching(/^ {2}"sha256": "[0-9a-f]{64}",$/),
    ]);
    const { sha256: _, ...content } = JSON.parse(record);
    expect(JSON.stringify(content)).toBe(
      JSON.stringify({
        about: "Written by npm run chart:record, never by hand: the checksum is of all that follows it.",
        chart: "alloy 1.11.1",
        archive: "sha256:cc4c",
        readFrom: "archive",
        helm: "v4.3",
        release: "alloy",
        namespace: "monitoring",
        kubernetes: "1.28.0",
        values: {
          alloy: { configMap: { create: false, key: "config.alloy", name: "alloy-config" } },
          controller: { type: "daemonset" },
          crds: { create: false },
          image: { tag: "v1" },
          rbac: { create: false },
        },
        objects: [
          { apiVersion: "v1", kind: "Service", metadata: { name: "alloy" }, spec: { b: 1, a: [420] } },
        ],
      }),
    );
  });

  test("is read back as it was rendered", () => {
    expect(readRecord(record, "record.json")).toEqual(objects);
  });

  test.each([
    ["an object", record.replace("Service", "Secret")],
    ["what made it", record.replace("v4.3", "v4.4")],
    ["its end", `${record}\n`],
    ["its checksum", record.replace(/"sha256": "./, '"sha256": "x')],
    ["the ends of lines", record.replaceAll("\n", "\r\n")],
    ["everything", ""],
  ])("is refused when a hand changed %s", (_, edited) => {
    expect(() => readRecord(edited, "imports/chart/alloy-1.11.1/0123.json")).toThrow(
      new ChartError(
        "imports/chart/alloy-1.11.1/0123.json: changed since it was recorded; `npm run chart:record` renders it anew, and what is to differ from the chart belongs in lib/workload or in the environment's chart values",
      ),
    );
  });
});
