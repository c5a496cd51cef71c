import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentJsonSchema } from "../lib/environment";

const file = join(__dirname, "../environments/schema.json");
writeFileSync(file, `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`);
