import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ChartError } from "../lib/chart";

const root = join(__dirname, "..");

/** The scripts that generate what follows from the pinned versions of the chart and of Alloy. */
const scripts = ["scripts/generate-schema.ts", "scripts/generate-pages.ts", "main.ts"];

/**
 * Brings the editors' schema, the pages and the manifests up to date. Each in a process that reads the new pins.
 *
 * @param done what was done before, such as `the chart is upgraded`
 * @param more scripts of what else is made of what has changed
 * @throws ChartError when one of them fails; it has said why
 */
export function regenerate(done: string, more: readonly string[] = []): void {
  for (const script of [...more, ...scripts]) {
    const { status } = spawnSync(process.execPath, [join(root, "scripts/run.js"), join(root, script)], {
      cwd: root,
      stdio: "inherit",
    });
    if (status !== 0) {
      throw new ChartError(
        `${done}, but not everything is generated from it; mend what is said above, and run npm run generate and npm run synth`,
      );
    }
  }
}
