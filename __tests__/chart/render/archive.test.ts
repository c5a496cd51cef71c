import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  readChartArchive,
  readChartFolder,
  readTarArchive,
  titleOf,
} from "../../../lib/chart/render/archive";

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

describe("readTarArchive", () => {
  const folder = mkdtempSync(join(tmpdir(), "tar-archive-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** What tar packs of these files. */
  function packed(files: Readonly<Record<string, string>>): Buffer {
    const root = mkdtempSync(join(folder, "root-"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    symlinkSync("nowhere", join(root, "link"));
    execFileSync("tar", ["--format=ustar", "-czf", `${root}.tgz`, "-C", root, ...Object.keys(files), "link"]);
    return readFileSync(`${root}.tgz`);
  }

  test.each<[string, Readonly<Record<string, string>>]>([
    ["a file", { "chart/Chart.yaml": "name: chart\n" }],
    ["several, one of them empty", { "chart/a": "", "chart/b/c": "ä\n" }],
    ["one that fills its blocks, and one that is longer", { a: "x".repeat(512), b: "y".repeat(513) }],
    ["a path of more than 100 letters", { [`${"folder/".repeat(20)}file`]: "x" }],
  ])("reads %s, and passes over links", (_, files) => {
    expect(Object.fromEntries(readTarArchive(packed(files)))).toEqual(files);
  });

  test.each(["", "no archive", "\u001f\u008b\u0008 cut off"])("finds nothing in %j", (text) => {
    expect(readTarArchive(Buffer.from(text, "latin1")).size).toBe(0);
  });
});
