import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a script generates. */
export interface Generated {
  /** The script of package.json that writes it, such as `generate:pages`. */
  readonly script: string;
  /** Each file's text, by its path from the project's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** A folder, and which of its files are all generated: any other of them goes. @default - none goes */
  readonly all?: { readonly folder: string; readonly ending: RegExp };
}

const root = join(__dirname, "..");

/** Writes what is generated; or, with `--check` on the command line, says what of it is not what is there. */
export function writeGenerated(
  { script, files, all }: Generated,
  check = process.argv.includes("--check"),
): void {
  const stray = all === undefined ? [] : strayFiles(all, files);
  const changed = [...files].filter(([path, text]) => textAt(path) !== text).map(([path]) => path);
  if (check) {
    for (const path of [...changed, ...stray].toSorted()) {
      console.error(`${path}: is not what is generated; run npm run ${script}`);
      process.exitCode = 1;
    }
    return;
  }
  for (const path of stray) rmSync(join(root, path));
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? "");
  }
}

function strayFiles({ folder, ending }: NonNullable<Generated["all"]>, files: Generated["files"]) {
  const path = join(root, folder);
  return (existsSync(path) ? readdirSync(path) : [])
    .filter((name) => ending.test(name) && !files.has(`${folder}/${name}`))
    .map((name) => `${folder}/${name}`);
}

function textAt(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
