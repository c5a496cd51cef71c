import { readFileSync } from "node:fs";
import { scripts } from "../../../package.json";
import { parseChartOptions, parseUpgradeOptions } from "../../../scripts/chart/options";

const blocks = readFileSync("README.md", "utf8").matchAll(/```sh\n(.*?)```/gs);
const commands = [...blocks].flatMap(([, text = ""]) => [
  ...text.matchAll(/npm run (?<script>[\w:]+)(?: -- (?<words>.*))?/g),
]);

test.each(commands.map(({ groups = {} }) => [groups.script ?? "", groups.words ?? ""]))(
  "the README's command %s %s is one that is taken",
  (script, words) => {
    expect(Object.keys(scripts)).toContain(script);
    const args = words.split(" ").filter(Boolean);
    if (script === "chart:upgrade") {
      expect(parseUpgradeOptions(args).version).toMatch(/^\d/);
    } else if (script.startsWith("chart:")) {
      expect(parseChartOptions(script, args).environments).not.toEqual([]);
    }
  },
);

test("the README names each of the chart's commands", () => {
  const named = new Set(commands.map(({ groups = {} }) => groups.script));
  expect(Object.keys(scripts).filter((name) => name.startsWith("chart:") && !named.has(name))).toEqual([]);
});
