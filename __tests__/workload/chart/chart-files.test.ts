import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readChartArchive, readChartFolder, titleOf } from "../../../lib/chart/render/archive";

describe("a chart's files", () => {
  const root = mkdtempSync(join(tmpdir(), "chart-files-"));
  const folder = join(root, "small");
  const files = { "Chart.yaml": "name: small\nversion: 1.0.0\n", "templates/a.yaml": "a: 1\n" };

  beforeAll(() => {
    mkdirSync(join(folder, "templates"), { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  test("have the same paths in its folder and in its archive", () => {
    execFileSync("tar", ["--format=ustar", "-czf", join(root, "small.tgz"), "-C", root, "small"]);
    expect(Object.fromEntries(readChartFolder(folder))).toEqual(files);
    expect(Object.fromEntries(readChartArchive(readFileSync(join(root, "small.tgz"))))).toEqual(files);
  });

  test("are none in a folder that is no chart's, whatever it holds", () => {
    expect(readChartFolder(root).size).toBe(0);
  });
});

test.each([
  ["name: small\nversion: 1.0.0\n", "small 1.0.0"],
  ["name: small\nversion: '1.10'\n", "small 1.10"],
  ["- small\n", undefined],
  [undefined, undefined],
])("Chart.yaml with %j is of %s", (text, title) => {
  expect(titleOf(new Map(text === undefined ? [] : [["Chart.yaml", text]]))).toBe(title);
});
