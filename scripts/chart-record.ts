import { RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { ChartLibrary } from "./chart/chart-library";
import { pinImages } from "./chart/image-digests";
import { chartUses, locateRenderErrors, neededRenders } from "./chart/needed-renders";
import { parseChartOptions } from "./chart/options";
import { pinnedCharts, readPins, usedPins, writePins } from "./chart/pins";
import { newSchemas, recordRenders, writeFiles } from "./chart/record-renders";
import { tellErrors } from "./chart/tell-errors";
import { counted } from "./counted";

tellErrors(async () => {
  const options = parseChartOptions("chart:record", process.argv.slice(2));
  if (typeof options === "string") return console.error(options);
  const { chart, environments: folders } = options;
  const store = RenderStore.committed;
  const charts = new ChartLibrary(chart);
  const pins = readPins(store);
  // First: reading the environments checks their chart values against these.
  writeFiles(newSchemas(pinnedCharts(pins), store, charts));
  const environments = folders.flatMap((folder) => loadEnvironments(folder));
  const needed = neededRenders(chartUses(environments, pins));
  const inputs = needed.map(({ input }) => input);
  const used = usedPins(pins, inputs);
  const recorded = await recordRenders(inputs, store, charts, pinnedCharts(used)).catch((error) => {
    throw locateRenderErrors(error, needed);
  });
  const { pins: pinned, notices } = await pinImages(used, inputs, store);
  writePins(store, pinned);
  for (const notice of notices) console.error(notice);
  const { written, dropped } = recorded;
  console.log(
    `${counted(needed.length, "environment")}; ${counted(written.length, "file")} written, ${dropped.length} dropped`,
  );
});
