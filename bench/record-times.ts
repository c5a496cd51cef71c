import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  alloyChart,
  alloyRenderInput,
  ChartError,
  chartSource,
  chartTitle,
  helmVersion,
  openChart,
  type RenderInput,
  RenderStore,
} from "../lib/chart";
import { ChartLibrary } from "../scripts/chart/chart-library";
import { inParallel } from "../scripts/chart/in-parallel";
import { recordRenders } from "../scripts/chart/record-renders";
import { median } from "./measure";
import { milliseconds, print } from "./print";
import { temporaryFolder } from "./temporary-folder";

const size = 100;

/** What recording takes, beside helm's own calls: as many, and as many at a time. Says so where helm or the chart is not. */
export async function printRecordTimes(): Promise<void> {
  try {
    await printTimes(
      helmVersion(),
      openChart(alloyChart(), chartSource(alloyChart(), process.env.ALLOY_CHART)).path,
    );
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    console.log(`recording renders is not measured: ${error.message}`);
  }
}

async function printTimes(helm: string, chart: string): Promise<void> {
  const inputs = Array.from({ length: size }, (_, number) =>
    alloyRenderInput({ chartValues: { image: { tag: `v${number}` } } }),
  );
  const times: { readonly bare: number[]; readonly record: number[] } = { bare: [], record: [] };
  // They take turns, so that both see the same machine. The first run fills the caches.
  for (let run = -1; run < 3; run++) {
    const bare = await timeOf(() => inParallel(inputs, (input) => template(chart, input)));
    const record = await timeOf(() =>
      recordRenders(inputs, new RenderStore(temporaryFolder("records")), new ChartLibrary(chart)),
    );
    if (run < 0) continue;
    times.bare.push(bare);
    times.record.push(record);
  }
  const [bare, record] = [median(times.bare), median(times.record)];
  print(`${size} renders of chart ${chartTitle(alloyChart())} by helm ${helm}`, milliseconds(bare));
  print("  recorded", milliseconds(record));
  print("  as long as helm alone", (record / bare).toFixed(2), "1.3");
}

function template(chart: string, { release, values }: RenderInput): Promise<unknown> {
  const run = promisify(execFile)(process.env.HELM || "helm", ["template", release, chart, "--values", "-"]);
  run.child.stdin?.end(JSON.stringify(values));
  return run;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
