import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ChartVersion, RenderInput, RenderStore } from "../../lib/chart";
import { valuesSchemaFile } from "./values-schema-file";

const schemaName = /\.values\.schema\.json$/;
const renderName = /^[^/\\]+[/\\][0-9a-f]{16}\.(?:json|yaml)$/;

/**
 * The files of a store that nothing needs: renders of other inputs, and schemas of other charts' values.
 *
 * @param charts whose schemas are kept
 */
export function unusedFiles(
  store: RenderStore,
  inputs: readonly RenderInput[],
  charts: readonly ChartVersion[],
): readonly string[] {
  if (!existsSync(store.folder)) return [];
  const used = new Set([
    ...inputs.map((input) => store.fileOf(input)),
    ...charts.map((chart) => valuesSchemaFile(store.folder, chart)),
  ]);
  return readdirSync(store.folder, { recursive: true, encoding: "utf8" })
    .filter((path) => schemaName.test(path) || renderName.test(path))
    .map((path) => join(store.folder, path))
    .filter((path) => !used.has(path))
    .sort();
}
