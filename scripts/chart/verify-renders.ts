import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import {
  ChartError,
  type ChartVersion,
  canonicalJson,
  type Manifest,
  RefusedValuesError,
  type RenderInput,
  type RenderStore,
  startRender,
} from "../../lib/chart";
import type { ChartLibrary } from "./chart-library";
import { distinctInputs } from "./distinct-inputs";
import { inParallel } from "./in-parallel";
import { unusedFiles } from "./recorded-files";
import { valuesSchemaFile, valuesSchemaText } from "./values-schema-file";

/**
 * Renders everything anew and compares it with what is recorded.
 *
 * The objects are compared, not Helm's text, which differs between versions of Helm.
 *
 * @param inputs all that is needed; the same input may be there several times
 * @param pinned the charts whose values' schemas are compared. @default - those of the inputs
 * @throws ChartError when the chart cannot be had
 * @returns what differs, in words; empty when nothing does
 */
export async function verifyRenders(
  inputs: readonly RenderInput[],
  store: RenderStore,
  charts: ChartLibrary,
  pinned: readonly ChartVersion[] = inputs.map(({ chart }) => chart),
): Promise<readonly string[]> {
  const distinct = distinctInputs(inputs);
  const opened = new Set(pinned.map((chart) => charts.open(chart)));
  const renders = await inParallel(distinct, (input) => verifyRender(input, store, charts));
  return [
    ...renders.flat(),
    ...[...opened].flatMap((open) => {
      const file = valuesSchemaFile(store.folder, open.chart);
      const recorded = existsSync(file) ? readFileSync(file, "utf8") : "";
      return recorded === valuesSchemaText(open)
        ? []
        : [`${named(file)}: not what the chart's values say; remove it and run \`npm run chart:record\``];
    }),
    ...unusedFiles(store, distinct, pinned).map((file) => `${named(file)}: no environment uses it`),
  ];
}

async function verifyRender(
  input: RenderInput,
  store: RenderStore,
  charts: ChartLibrary,
): Promise<readonly string[]> {
  const file = named(store.fileOf(input));
  const recorded = findRecorded(input, store);
  if (recorded === undefined) return [`${file}: not recorded`];
  if (typeof recorded === "string") return [recorded];
  try {
    const rendered = await startRender(charts.open(input.chart), input);
    return differences(recorded, rendered).map((difference) => `${file}: ${difference}`);
  } catch (error) {
    if (error instanceof RefusedValuesError) return [`${file}: ${error.message}`];
    throw error;
  }
}

/** What is recorded, or what is wrong with it. */
function findRecorded(input: RenderInput, store: RenderStore): readonly Manifest[] | string | undefined {
  try {
    return store.find(input);
  } catch (error) {
    if (error instanceof ChartError) return error.message;
    throw error;
  }
}

function differences(recorded: readonly Manifest[], rendered: readonly Manifest[]): readonly string[] {
  const before = byName(recorded);
  const after = byName(rendered);
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined || is === undefined) {
      return [`${name} is ${was === undefined ? "not recorded" : "no longer rendered"}`];
    }
    return was === is ? [] : [`${name} is rendered otherwise`];
  });
}

function byName(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  return new Map(manifests.map(({ kind, name, content }) => [`${kind} ${name}`, canonicalJson(content)]));
}

function named(file: string): string {
  return relative(process.cwd(), file);
}
