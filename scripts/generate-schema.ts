import { environmentJsonSchema } from "../lib/environment";
import { writeGenerated } from "./generated-files";

const text = `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`;
writeGenerated({ script: "generate:schema", files: new Map([["environments/schema.json", text]]) });
