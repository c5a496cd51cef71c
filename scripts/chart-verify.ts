import { RenderStore } from "../lib/workload/chart/render-store";
import { ChartLibrary } from "./chart/chart-library";
import { neededRenders } from "./chart/needed-renders";
import { parseChartOptions } from "./chart/options";
import { tellErrors } from "./chart/tell-errors";
import { verifyRenders } from "./chart/verify-renders";

tellErrors(async () => {
  const { chart, environments } = parseChartOptions(process.argv.slice(2));
  const inputs = neededRenders(environments);
  const differences = await verifyRenders(inputs, RenderStore.committed, new ChartLibrary(chart));
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    process.exitCode = 1;
  } else {
    console.log(`${inputs.length} environments; every render is as recorded`);
  }
});
