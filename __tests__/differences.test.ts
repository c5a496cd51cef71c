import { readFileSync } from "node:fs";
import { problemsOf } from "./environment/reading";

const rows = readFileSync("docs/differences.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("|") && !/^\| (What +\||-)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

/** A setting and its value, as JSON's flow of YAML. */
function assigned(key: string, value: string): string {
  const [first = "", ...rest] = key.split(".").reverse();
  return rest.reduce((inner, part) => `${part}: {${inner}}`, `${first}: ${value}`);
}

/** The settings that a cell tells to write: `a.b: c`, or `a.b`: `c: d`, `e: f`. */
function settingsIn(cell: string): readonly string[] {
  const below = [...cell.matchAll(/`([\w.]+)`[\w ]*: ((?:`[^`]+`(?:, )?)+)/g)];
  const alone = below.reduce((text, [all]) => text.replace(all, ""), cell);
  return [
    ...[...alone.matchAll(/`([\w.]+): ([^`]+)`/g)].map(([, key = "", value = ""]) => assigned(key, value)),
    ...below.map(([, key = "", values = ""]) => {
      const inner = values.replaceAll("`", "");
      return assigned(key, inner.startsWith("{") ? inner : `{${inner}}`);
    }),
  ];
}

describe("docs/differences.md", () => {
  const told = rows.flatMap(([, , , cell = ""]) => settingsIn(cell));

  test("says of each difference what, why, and the old behaviour", () => {
    expect(rows.length).toBeGreaterThan(39);
    expect(rows.filter((cells) => cells.length !== 5 || cells.slice(1, 4).includes(""))).toEqual([]);
    const silent = rows
      .map(([, , , cell = ""]) => cell)
      .filter((cell) => !/^(None|There is none)|`[^`]+`/.test(cell));
    expect(silent).toEqual([]);
  });

  test("tells of settings", () => {
    expect(told.length).toBeGreaterThan(24);
    expect(told).toContain('controller: {priorityClassName: ""}');
    expect(told).toContain("resources: {limits: {cpu: none, memory: none}}");
  });

  test.each(told)("%s can be written", (line) => {
    const isDestinations = /^(queue|retry|remote):/.test(line);
    const inDestination = line.startsWith("remote: ") ? line.slice("remote: {".length, -1) : line;
    const urls = "remote: {endpoint: https://a, secret: b, scope: c";
    const lines = isDestinations ? [`${urls}, ${inDestination}}`] : [`${urls}}`, line];
    expect(problemsOf("container_runtime: crio", ...lines)).toEqual([]);
  });
});
