import { jsonSchemas } from "../lib/environment";
import { writeGenerated } from "./generated-files";

// Writes the schemas of editors beside the environments.
const files = [...jsonSchemas()].map(([name, schema]): [string, string] => [
  `environments/${name}`,
  `${JSON.stringify(schema, null, 2)}\n`,
]);
writeGenerated({ script: "generate:schema", files: new Map(files) });
