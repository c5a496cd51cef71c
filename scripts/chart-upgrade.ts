import { RenderStore } from "../lib/chart";
import { loadEnvironments } from "../lib/environment";
import { ChartLibrary } from "./chart/chart-library";
import { parseUpgradeOptions } from "./chart/options";
import { tellErrors } from "./chart/tell-errors";
import { upgradeChart } from "./chart/upgrade-chart";
import { regenerate } from "./regenerate";

tellErrors(async () => {
  const options = parseUpgradeOptions(process.argv.slice(2));
  if (typeof options === "string") return console.error(options);
  const { chart, environments: folders, ...request } = options;
  const environments = folders.flatMap((folder) => loadEnvironments(folder));
  console.log(await upgradeChart(request, environments, RenderStore.committed, new ChartLibrary(chart)));
  regenerate("the chart is upgraded");
});
