import { readFileSync } from "node:fs";
import { join } from "node:path";
import versions from "../../imports/chart/versions.json";

/** The part of JSON Schema in which the values of a chart are described. */
export interface ChartSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ChartSchema>>;
  /** @default true */
  readonly additionalProperties?: boolean | ChartSchema;
  readonly items?: ChartSchema;
}

let schema: ChartSchema | undefined;

/** The values of the Alloy chart in the pinned version, as they are recorded with it. */
export function chartSchema(): ChartSchema {
  // Read when the first file has a chart value: most have none.
  schema ??= parse(
    readFileSync(join(__dirname, `../../imports/chart/alloy-${versions.version}.values.schema.json`), "utf8"),
  );
  return schema;
}

function parse(text: string): ChartSchema {
  return JSON.parse(text);
}
