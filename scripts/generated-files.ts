import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DiagnosticsError, fileDiagnostic } from "../lib/environment";
import { counted } from "./counted";

/** What a script generates. */
export interface Generated {
  /** The script of package.json that writes it, with its words, such as `generate:pages`. */
  readonly script: string;
  /** Each file's text, by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** The files in a folder that only this script writes: those that it doesn't write now are removed. @default - none is */
  readonly all?: { readonly folder: string; readonly ending: RegExp };
  /** The files are only compared. @default - where the command line says --check, which may say nothing else then */
  readonly check?: boolean | undefined;
  /** What each of the files has in it. A file without it is somebody else's, and is kept. @default - all are ours */
  readonly mark?: RegExp;
}

/**
 * Writes the generated files; or, with `--check`, says which of them differ from those on disk.
 *
 * @returns what was done, in words
 * @throws DiagnosticsError with what a check finds, where a file of somebody else is in the way, or on another word
 */
export function writeGenerated({
  script,
  files,
  all,
  check = isCheck(script),
  mark = /^/,
}: Generated): string {
  const stray =
    all === undefined ? [] : strayFiles(all, files).filter((path) => mark.test(textAt(path) ?? ""));
  const changed = [...files].filter(([path, text]) => textAt(path) !== text).map(([path]) => path);
  const others = changed.filter((path) => !mark.test(textAt(path) ?? files.get(path) ?? ""));
  if (others.length > 0) {
    const message = `is none that npm run ${script} wrote, and would be replaced; move it away, or name another folder`;
    throw new DiagnosticsError(others.map((path) => fileDiagnostic(path, message)));
  }
  if (check) {
    const message = `is not what is generated; run npm run ${script}`;
    const wrong = [...changed, ...stray].map((path) => fileDiagnostic(path, message));
    if (wrong.length > 0) throw new DiagnosticsError(wrong);
    return `${counted(files.size, "file")} as generated`;
  }
  for (const path of stray) rmSync(path);
  for (const path of changed) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files.get(path) ?? "");
  }
  const done = [`${changed.length} written`, ...(stray.length > 0 ? [`${stray.length} removed`] : [])];
  return `${counted(files.size, "file")}, ${changed.length + stray.length > 0 ? done.join(", ") : "nothing changed"}`;
}

/**
 * Whether the command line of a script that has no other option says `--check`. It is read here, since what reads those of other
 * commands needs Alloy's bindings, which one of these scripts writes.
 */
function isCheck(script: string): boolean {
  const words = process.argv.slice(2);
  const other = words.find((word) => word !== "--check");
  if (other === undefined) return words.length > 0;
  const message = `is nothing that npm run ${script} takes; write --check to compare the files and write none, or nothing`;
  throw new DiagnosticsError([fileDiagnostic(other, message)]);
}

function strayFiles({ folder, ending }: NonNullable<Generated["all"]>, files: Generated["files"]) {
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => join(folder, name))
    .filter((path) => ending.test(path) && !files.has(path));
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
