import { existsSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemas } from "../lib/environment";

/** The texts of the schemas for editors, by the names of their files. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([...jsonSchemas()].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]));
}

/** The texts of the schemas that a folder doesn't have yet, by their paths. */
export function missingSchemas(folder: string): ReadonlyMap<string, string> {
  const paths = [...schemaFiles()].map(([name, text]) => [join(folder, name), text] as const);
  return new Map(paths.filter(([path]) => !existsSync(path)));
}
