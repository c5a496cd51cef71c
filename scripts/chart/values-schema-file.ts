import { join } from "node:path";
import { ChartError, type ChartVersion, chartTitle, type OpenChart } from "../../lib/chart";
import { valuesSchema } from "./values-schema";

/** Where the schema of a chart's values is recorded. */
export function valuesSchemaFile(folder: string, chart: ChartVersion): string {
  return join(folder, `${chart.name}-${chart.version}.values.schema.json`);
}

/** The text of that file. */
export function valuesSchemaText({ chart, files }: OpenChart): string {
  const values = files.get("values.yaml");
  if (values === undefined) throw new ChartError(`chart ${chartTitle(chart)} has no values.yaml`);
  const templates = [...files].filter(([path]) => path.startsWith("templates/")).map(([, text]) => text);
  const schema = valuesSchema(`Values of the Helm chart ${chartTitle(chart)}`, values, templates);
  return `${JSON.stringify(schema, null, 2)}\n`;
}
