import { RenderStore } from "../lib/workload/chart/render-store";
import { ChartLibrary } from "./chart/chart-library";
import { neededRenders } from "./chart/needed-renders";
import { parseChartOptions } from "./chart/options";
import { recordRenders } from "./chart/record-renders";
import { tellErrors } from "./chart/tell-errors";

tellErrors(async () => {
  const { chart, environments } = parseChartOptions(process.argv.slice(2));
  const inputs = neededRenders(environments);
  const { written, dropped } = await recordRenders(inputs, RenderStore.committed, new ChartLibrary(chart));
  console.log(`${inputs.length} environments; ${written.length} files written, ${dropped.length} dropped`);
});
