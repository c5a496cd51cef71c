import { parseOptions } from "../../lib/synthesis";
import { scripts } from "../../package.json";
import { parseChartOptions, parseUpgradeOptions } from "../../scripts/chart/options";
import { parsePlanOptions } from "../../scripts/plan/options";
import { blocksOf } from "./pages";

const commands = blocksOf("sh").flatMap((text) => [
  ...text.matchAll(/npm run (?:--silent )?(?<script>[\w:]+)(?: -- (?<words>.*))?/g),
]);

test.each(commands.map(({ groups = {} }) => [groups.script ?? "", groups.words ?? ""]))(
  "the command %s %s of a page is one that is taken",
  (script, words) => {
    expect(Object.keys(scripts)).toContain(script);
    const args = words.split(" ").filter(Boolean);
    if (script === "chart:upgrade") {
      expect(parseUpgradeOptions(args)).toMatchObject({ version: expect.stringMatching(/^\d/) });
    } else if (script === "plan") {
      expect(parsePlanOptions(args)).toMatchObject({ help: false });
    } else if (script === "chart:record" || script === "chart:verify") {
      expect(parseChartOptions(script, args)).toMatchObject({ environments: expect.any(Array) });
    } else if (script === "synth") {
      expect(parseOptions(args, undefined).output).not.toBe("");
    }
  },
);

test("pages name each of the chart's commands", () => {
  const named = new Set(commands.map(({ groups = {} }) => groups.script));
  expect(Object.keys(scripts).filter((name) => name.startsWith("chart:") && !named.has(name))).toEqual([]);
});
