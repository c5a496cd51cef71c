import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");

/** What is generated from the pinned versions, by the script that generates it. */
const scripts = ["scripts/generate-schema.ts", "scripts/generate-pages.ts", "main.ts"];

/** Brings the editors' schema, the pages and the manifests up to date. Each in a process that reads the new pins. */
export function regenerate(): void {
  for (const script of scripts) {
    execFileSync(process.execPath, ["--require", join(root, "scripts/register.js"), join(root, script)], {
      cwd: root,
      stdio: "inherit",
    });
  }
}
