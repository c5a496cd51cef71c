import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import versions from "../../imports/chart/versions.json";

/** The part of JSON Schema in which the values of a chart are described. */
export interface ChartSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ChartSchema>>;
  /** @default true */
  readonly additionalProperties?: boolean | ChartSchema;
  readonly items?: ChartSchema;
  readonly default?: unknown;
}

/** The version of the Alloy chart that an environment has unless it names another. */
export const defaultChartVersion: string = versions.version;

/** The versions of the Alloy chart that an environment may name, oldest first. */
export const pinnedChartVersions: readonly string[] = Object.keys(versions.digests);

const folder = join(__dirname, "../../imports/chart");
const schemas = new Map<string, ChartSchema | undefined>();

/**
 * The values of the Alloy chart in a version, as they are recorded with it.
 *
 * @returns undefined when they are not recorded
 */
export function chartSchema(version = defaultChartVersion): ChartSchema | undefined {
  // Read when the first file has a chart value: most have none.
  if (!schemas.has(version)) {
    const file = join(folder, `${versions.name}-${version}.values.schema.json`);
    schemas.set(version, existsSync(file) ? parse(readFileSync(file, "utf8")) : undefined);
  }
  return schemas.get(version);
}

function parse(text: string): ChartSchema {
  return JSON.parse(text);
}
