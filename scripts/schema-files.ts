import { jsonSchemas } from "../lib/environment";

/** The texts of the schemas for editors, by the names of their files. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([...jsonSchemas()].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]));
}
