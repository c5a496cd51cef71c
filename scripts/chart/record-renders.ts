import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { helmVersion } from "../../lib/workload/chart/helm";
import { parseManifests } from "../../lib/workload/chart/manifest";
import { startRender } from "../../lib/workload/chart/render-chart";
import { chartTitle, type RenderInput } from "../../lib/workload/chart/render-input";
import { formatRecord } from "../../lib/workload/chart/render-record";
import type { RenderStore } from "../../lib/workload/chart/render-store";
import { ChartError } from "../../lib/workload/workload-error";
import type { ChartLibrary } from "./chart-library";
import { distinctInputs } from "./distinct-inputs";
import { inParallel } from "./in-parallel";
import { unusedFiles } from "./recorded-files";
import { valuesSchemaFile, valuesSchemaText } from "./values-schema-file";

/** What {@link recordRenders} did, by files. */
export interface Recorded {
  readonly written: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * Records what is missing and drops what is unused.
 *
 * A record that was changed by hand counts as missing. Without anything missing, neither helm nor the chart is needed.
 *
 * @param inputs all that is needed, the same ones as often as they come up
 * @throws AggregateError of ChartErrors, one for each render that failed; the others are recorded
 */
export async function recordRenders(
  inputs: readonly RenderInput[],
  store: RenderStore,
  charts: ChartLibrary,
): Promise<Recorded> {
  const distinct = distinctInputs(inputs);
  const missing = distinct.filter((input) => !isRecorded(input, store));
  const schemas = distinct
    .map(({ chart }) => chart)
    .filter((chart) => !existsSync(valuesSchemaFile(store.folder, chart)));
  const opened = new Set(
    [...missing.map(({ chart }) => chart), ...schemas].map((chart) => charts.open(chart)),
  );
  const helm = missing.length === 0 ? "" : helmVersion();

  const errors: ChartError[] = [];
  const renders = await inParallel(missing, async (input) => {
    try {
      const open = charts.open(input.chart);
      const manifests = await startRender(open, input);
      parseManifests(manifests, `chart ${chartTitle(input.chart)}`);
      const origin = { source: open.source.kind, helm };
      return [{ file: store.fileOf(input), text: formatRecord(input, origin, manifests) }];
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      errors.push(error);
      return [];
    }
  });
  const files = [
    ...renders.flat(),
    ...[...opened].map((open) => ({
      file: valuesSchemaFile(store.folder, open.chart),
      text: valuesSchemaText(open),
    })),
  ];
  for (const { file, text } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (errors.length > 0) {
    const messages = errors.map(({ message }) => message).sort();
    throw new AggregateError(errors, messages.join("\n"));
  }
  return { written: files.map(({ file }) => file), dropped: drop(unusedFiles(store, distinct)) };
}

function isRecorded(input: RenderInput, store: RenderStore): boolean {
  try {
    return store.find(input) !== undefined;
  } catch (error) {
    if (error instanceof ChartError) {
      return false;
    }
    throw error;
  }
}

/** Removes files, and the folders that they leave empty. */
function drop(files: readonly string[]): readonly string[] {
  for (const file of files) {
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) {
      rmdirSync(dirname(file));
    }
  }
  return files;
}
