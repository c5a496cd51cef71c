import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ChartVersion, RenderInput, RenderStore } from "../../lib/chart";
import type { ChartLibrary } from "./chart-library";
import { unusedFiles } from "./recorded-files";
import { asOneError, renderMissing } from "./render-missing";
import { valuesSchemaFile, valuesSchemaText } from "./values-schema-file";

/** A file to be written, with its text. */
export interface NewFile {
  readonly file: string;
  readonly text: string;
}

/** What {@link recordRenders} did, by files. */
export interface Recorded {
  readonly written: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * Records what is missing and drops what is unused.
 *
 * @param inputs all that is needed; the same input may be there several times
 * @param pinned the charts whose values' schemas are recorded. @default - those of the inputs
 * @throws AggregateError of RenderErrors, one for each render that failed; the others are recorded
 */
export async function recordRenders(
  inputs: readonly RenderInput[],
  store: RenderStore,
  charts: ChartLibrary,
  pinned: readonly ChartVersion[] = inputs.map(({ chart }) => chart),
): Promise<Recorded> {
  const { renders, errors } = await renderMissing(inputs, store, charts);
  const files = [
    ...renders.map(({ input, text }) => ({ file: store.fileOf(input), text })),
    ...newSchemas(pinned, store, charts),
  ];
  writeFiles(files);
  if (errors.length > 0) throw asOneError(errors);
  return { written: files.map(({ file }) => file), dropped: dropUnused(inputs, store, pinned) };
}

/**
 * The schemas of charts' values that are to be written: those that are not recorded, and those that are recorded otherwise,
 * of charts that are open. No chart is fetched just to compare.
 */
export function newSchemas(
  pinned: readonly ChartVersion[],
  store: RenderStore,
  charts: ChartLibrary,
): readonly NewFile[] {
  const files = new Map(pinned.map((chart) => [valuesSchemaFile(store.folder, chart), chart]));
  return [...files]
    .filter(([file, chart]) => charts.isOpen(chart) || !existsSync(file))
    .map(([file, chart]) => ({ file, text: valuesSchemaText(charts.open(chart)) }))
    .filter(({ file, text }) => !existsSync(file) || readFileSync(file, "utf8") !== text);
}

/** Writes files, in folders that need not exist. */
export function writeFiles(files: readonly NewFile[]): void {
  for (const { file, text } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Removes the recorded files that none of the inputs needs, and the folders that this leaves empty. */
export function dropUnused(
  inputs: readonly RenderInput[],
  store: RenderStore,
  pinned: readonly ChartVersion[],
): readonly string[] {
  const files = unusedFiles(store, inputs, pinned);
  for (const file of files) {
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
  }
  return files;
}
