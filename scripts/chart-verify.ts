import { RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { ChartLibrary } from "./chart/chart-library";
import { taggedImages } from "./chart/image-digests";
import { chartUses, neededRenders } from "./chart/needed-renders";
import { parseChartOptions } from "./chart/options";
import { pinnedCharts, readPins, usedPins } from "./chart/pins";
import { tellErrors } from "./chart/tell-errors";
import { verifyRenders } from "./chart/verify-renders";
import { counted } from "./counted";

tellErrors(async () => {
  const options = parseChartOptions("chart:verify", process.argv.slice(2));
  if (typeof options === "string") return console.error(options);
  const { chart, environments: folders } = options;
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
  // Which images are used is known only of renders that are right.
  if (differences.length === 0) {
    const tagged = taggedImages(inputs, store);
    const unused = Object.keys(pins.images ?? {}).filter((image) => !tagged.includes(image));
    differences.push(...unused.map((image) => `imports/chart/versions.json: no chart runs ${image}`));
  }
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    process.exitCode = 1;
  } else {
    console.log(`${counted(needed.length, "environment")}; every render is as recorded`);
  }
});
