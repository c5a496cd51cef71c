import { readFileSync } from "node:fs";
import { diagnosticsOf } from "../environment/reading";

/** What differs, why, and how to go back, of each item of the page's lists. */
const differences = readFileSync("docs/differences.md", "utf8")
  .split(/\n(?=- |\n)/)
  .map((item) => item.replaceAll(/\s+/g, " ").trim())
  .filter((item) => item.startsWith("- "))
  .map((item) => item.slice(2).split(/ \*(?:Why|To go back):\* /));

/** A setting and its value, as JSON's flow of YAML. */
function assigned(key: string, value: string): string {
  const [first = "", ...rest] = key.split(".").reverse();
  return rest.reduce((inner, part) => `${part}: {${inner}}`, `${first}: ${value}`);
}

/** The settings that a text tells to write: `a.b: c`, or `a.b`: `c: d`, `e: f`. */
function settingsIn(text: string): readonly string[] {
  const below = [...text.matchAll(/`([\w.]+)`[\w ]*: ((?:`[^`]+`(?:, )?)+)/g)];
  const alone = below.reduce((rest, [all]) => rest.replace(all, ""), text);
  return [
    ...[...alone.matchAll(/`([\w.]+): ([^`]+)`/g)].map(([, key = "", value = ""]) => assigned(key, value)),
    ...below.map(([, key = "", values = ""]) => {
      const inner = values.replaceAll("`", "");
      return assigned(key, inner.startsWith("{") ? inner : `{${inner}}`);
    }),
  ];
}

describe("docs/differences.md", () => {
  const told = differences.flatMap(([, , back = ""]) => settingsIn(back));

  test("says of each difference what, why, and how to go back", () => {
    expect(differences.length).toBeGreaterThan(39);
    expect(differences.filter((parts) => parts.length !== 3 || parts.includes(""))).toEqual([]);
    const silent = differences
      .flatMap(([, , back = ""]) => back)
      .filter((back) => !/^no setting|`[^`]+`/.test(back));
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
    expect(diagnosticsOf("container_runtime: crio", ...lines)).toEqual([]);
  });
});
