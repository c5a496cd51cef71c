import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { RenderStore } from "../../../lib/chart/render/renders";
import { distinctInputs } from "../../../scripts/chart/distinct-inputs";
import { unusedFiles } from "../../../scripts/chart/recorded-files";
import { inputOf } from "../../chart/fixtures/small-chart";

const chart = { name: "small", version: "1.0.0", digest: "00", repository: "" };
const [used, unused] = [inputOf(chart, { text: "used" }), inputOf(chart, { text: "unused" })];

describe("unusedFiles", () => {
  const store = new RenderStore(mkdtempSync(join(tmpdir(), "recorded-files-")));
  const old = join(store.folder, "small-0.9.0.values.schema.json");
  // Renders were once recorded as YAML.
  const yaml = `${store.fileOf(used).slice(0, -".json".length)}.yaml`;

  beforeAll(() => {
    mkdirSync(dirname(store.fileOf(used)), { recursive: true });
    const mine = ["versions.json", "notes.md", "small-1.0.0/notes.json", "small-1.0.0.values.schema.json"];
    for (const file of [
      ...mine.map((path) => join(store.folder, path)),
      ...[store.fileOf(used), store.fileOf(unused), old, yaml],
    ]) {
      writeFileSync(file, "");
    }
  });
  afterAll(() => {
    rmSync(store.folder, { recursive: true });
  });

  test("are renders that no input needs and schemas that no chart needs, and no other files", () => {
    expect(unusedFiles(store, [used], [chart])).toEqual([store.fileOf(unused), yaml, old].sort());
  });

  test("are all where nothing is needed", () => {
    expect(unusedFiles(store, [], []).map((file) => relative(store.folder, file))).toEqual(
      [
        ...[used, unused].map((input) => `small-1.0.0/${basename(store.fileOf(input))}`),
        `small-1.0.0/${basename(yaml)}`,
        "small-0.9.0.values.schema.json",
        "small-1.0.0.values.schema.json",
      ].sort(),
    );
  });

  test("are none where there is no folder", () => {
    expect(unusedFiles(new RenderStore("/nonexistent"), [], [])).toEqual([]);
  });
});

test("inputs that render the same are one", () => {
  const again = inputOf({ ...chart, repository: "https://mirror.example.com" }, { text: "used" });
  expect(distinctInputs([used, unused, again])).toHaveLength(2);
});
