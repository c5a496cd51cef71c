import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "./measure";
import { milliseconds, print } from "./print";
import { temporaryFolder } from "./temporary-folder";

const root = join(__dirname, "..");
const sources = [
  "main.ts",
  "lib",
  "imports",
  "scripts",
  "bench",
  "examples",
  "__tests__",
  "package.json",
  "tsconfig.json",
];

/** How long the type check of the project takes, beside that of the project with bindings that have no types. */
export function printTypeCheckTimes(): void {
  const stubbed = projectWithStubs();
  const times: { readonly bindings: number[]; readonly stubs: number[] } = { bindings: [], stubs: [] };
  for (let run = 0; run < 5; run++) {
    times.bindings.push(typeCheck(root));
    times.stubs.push(typeCheck(stubbed));
  }
  const [bindings, stubs] = [median(times.bindings), median(times.stubs)];
  print("type check of the whole project", milliseconds(bindings));
  print("  as often as with bindings that have no types", (bindings / stubs).toFixed(1), "3");
}

/** The stubs leave some expected errors out: only the time counts. */
function typeCheck(folder: string): number {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc")], { cwd: folder });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function projectWithStubs(): string {
  const folder = temporaryFolder("stubs");
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const bindings = join(folder, "imports", "alloy");
  for (const name of readdirSync(bindings).filter((file) => file.endsWith(".ts"))) {
    const text = readFileSync(join(bindings, name), "utf8");
    const stubs = [...text.matchAll(/^export (class|interface|type|const) (\w+)/gm)].map(
      ([, kind, exported]) => {
        if (kind === "class") {
          return `export declare class ${exported} { constructor(...args: any[]); [name: string]: any }`;
        }
        return kind === "const" ? `export declare const ${exported}: any;` : `export type ${exported} = any;`;
      },
    );
    writeFileSync(join(bindings, name), stubs.join("\n"));
  }
  return folder;
}
