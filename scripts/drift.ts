import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Generates everything anew and says which committed files were not what is generated: those are then up to date, but for
// dist/, which is only compared.
const root = join(__dirname, "..");
const generated = ["docs", "environments", "imports"];

function digests(): ReadonlyMap<string, string> {
  const files = generated.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(files.map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")]));
}

const before = digests();
const runScript = (...args: readonly string[]) =>
  spawnSync("npm", ["run", "--silent", ...args], { cwd: root, stdio: "inherit" }).status === 0;
const isGenerated = runScript("generate");
const after = digests();
const drifted = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
for (const file of drifted.toSorted()) {
  console.error(`${file.slice(root.length + 1)}: was not what is generated`);
}
const isWritten = runScript("synth", "--", "--check");
if (!isGenerated || !isWritten || drifted.length > 0) process.exitCode = 1;
