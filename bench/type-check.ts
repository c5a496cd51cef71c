import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./measure";

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

/** How long the type check of the project takes, and of the project with bindings that have no types, in ms. */
export function typeCheckTimes(runs: number): { readonly bindings: number; readonly stubs: number } {
  const stubbed = projectWithStubs();
  const times = { bindings: [] as number[], stubs: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.bindings.push(typeCheck(root));
    times.stubs.push(typeCheck(stubbed));
  }
  rmSync(stubbed, { recursive: true });
  return { bindings: median(times.bindings), stubs: median(times.stubs) };
}

/** The stubs leave some expected errors out: only the time counts. */
function typeCheck(folder: string): number {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc")], { cwd: folder });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function projectWithStubs(): string {
  const folder = mkdtempSync(join(tmpdir(), "stubs-"));
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const bindings = join(folder, "imports", "alloy");
  for (const name of readdirSync(bindings).filter((file) => file.endsWith(".ts"))) {
    const text = readFileSync(join(bindings, name), "utf8");
    const stubs = [...text.matchAll(/^export (class|interface|type|const) (\w+)/gm)].map(
      ([, kind, exported]) => {
        if (kind === "class")
          return `export declare class ${exported} { constructor(...args: any[]); [name: string]: any }`;
        return kind === "const" ? `export declare const ${exported}: any;` : `export type ${exported} = any;`;
      },
    );
    writeFileSync(join(bindings, name), stubs.join("\n"));
  }
  return folder;
}
