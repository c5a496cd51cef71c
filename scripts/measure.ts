import { measures, modulesIn } from "./rooms";

for (const [name, value] of Object.entries(measures(modulesIn("lib")))) console.log(`${name}: ${value}`);
