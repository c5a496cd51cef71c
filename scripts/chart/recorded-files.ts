import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RenderInput } from "../../lib/workload/chart/render-input";
import type { RenderStore } from "../../lib/workload/chart/render-store";
import { valuesSchemaFile } from "./values-schema-file";

const schemaName = /\.values\.schema\.json$/;
const renderName = /^[^/\\]+[/\\][0-9a-f]{16}\.yaml$/;

/** The files of a store that none of the inputs needs: renders, and schemas of other charts' values. */
export function unusedFiles(store: RenderStore, inputs: readonly RenderInput[]): readonly string[] {
  if (!existsSync(store.folder)) {
    return [];
  }
  const used = new Set(
    inputs.flatMap((input) => [store.fileOf(input), valuesSchemaFile(store.folder, input.chart)]),
  );
  return readdirSync(store.folder, { recursive: true, encoding: "utf8" })
    .filter((path) => schemaName.test(path) || renderName.test(path))
    .map((path) => join(store.folder, path))
    .filter((path) => !used.has(path))
    .sort();
}
