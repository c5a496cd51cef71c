import { RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { ChartLibrary } from "./chart/chart-library";
import { chartUses, neededRenders } from "./chart/needed-renders";
import { parseChartOptions } from "./chart/options";
import { pinnedCharts, readPins, usedPins } from "./chart/pins";
import { tellErrors } from "./chart/tell-errors";
import { verifyRenders } from "./chart/verify-renders";
import { counted } from "./counted";

tellErrors(async () => {
  const { chart, environments: folders } = parseChartOptions("chart:verify", process.argv.slice(2));
  const store = RenderStore.committed;
  const pins = readPins(store);
  const environments = folders.flatMap((folder) => loadEnvironments(folder));
  const needed = neededRenders(chartUses(environments, pins));
  const inputs = needed.map(({ input }) => input);
  const used = usedPins(pins, inputs);
  const differences = [
    ...(await verifyRenders(inputs, store, new ChartLibrary(chart), pinnedCharts(used))),
    ...Object.keys(pins.digests)
      .filter((version) => !(version in used.digests))
      .map((version) => `imports/chart/versions.json: no environment has ${version}`),
  ];
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    process.exitCode = 1;
  } else {
    console.log(`${counted(needed.length, "environment")}; every render is as recorded`);
  }
});
