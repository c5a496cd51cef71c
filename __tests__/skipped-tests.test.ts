import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Each test starts jest anew.
jest.setTimeout(120_000);

const root = join(__dirname, "..");

/** Runs test files as on a machine with nothing but Node. */
function runOf(CI: string | undefined, ...files: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "skipped-tests-"));
  const { HELM: _, ...known } = process.env;
  const env = { ...known, PATH: folder, CI };
  const command = ["node_modules/jest/bin/jest.js", "--runInBand", ...files];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, env, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

const files = ["__tests__/alloy/foreach.test.ts", "__tests__/chart/render/open-chart.test.ts"];

describe("a run of the tests where there is neither Go nor helm", () => {
  test("says in its last lines how many tests it skipped for want of which", () => {
    const { status, stderr } = runOf(undefined, ...files);
    expect(stderr).toMatch(
      /\n\d+ tests? skipped: go is not on PATH: install Go 1\.26 or newer\n\d+ tests? skipped: helm is not on PATH: install Helm 3 or 4, or name it in HELM\n$/,
    );
    expect(status).toBe(0);
  });

  test("fails in CI, where all must run", () => {
    const { status, stderr } = runOf("true", ...files);
    expect(stderr).toContain("go is not on PATH: install Go 1.26 or newer");
    expect(stderr).not.toContain(" skipped: ");
    expect(status).toBe(1);
  });
});
