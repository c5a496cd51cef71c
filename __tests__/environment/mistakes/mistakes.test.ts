import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlloyAgent } from "../../../lib/alloy-agent";
import { synthesize } from "../../../lib/synthesis";
import { diagnosticsOf, environmentOf } from "../reading";
import { mistakesIn } from "./mistakes";

const tables = ["yaml.txt", "values.txt", "words.txt", "sources.txt"].map(
  (file) => [file, mistakesIn(file)] as const,
);
const all = tables.flatMap(([, mistakes]) => mistakes).filter(({ says }) => says.length > 0);

/** What synth says of a file: nothing, where it is right. */
function said(text: string): readonly string[] {
  const diagnostics = diagnosticsOf(text);
  if (diagnostics.length === 0) synthesize([environmentOf(text)], (app, one) => new AlloyAgent(app, one));
  return diagnostics;
}

describe.each(tables)("mistakes of %s", (_, mistakes) => {
  test.each(mistakes)("are said where they are, and how to mend them: $bad", ({ bad, says, good }) => {
    const lines = said(bad);
    expect(lines).toEqual(
      says.map((line) => {
        const [start = "", end] = line.split("…");
        return end === undefined ? `x.yaml:${line}` : expect.stringContaining(`x.yaml:${start}`);
      }),
    );
    expect(lines.join()).not.toContain("hunter2");
    expect(said(good)).toEqual([]);
  });
});

test("there are two hundred of them", () => {
  expect(new Set(all.map(({ bad }) => bad)).size).toBeGreaterThanOrEqual(200);
});

test("all of them together are lines without a stack trace, and leave the output as it was", () => {
  const folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  try {
    for (const name of ["environments", "dist"]) mkdirSync(join(folder, name));
    for (const [index, { bad }] of all.entries()) {
      writeFileSync(join(folder, "environments", `m${index}.yaml`), bad);
    }
    const folders = ["--environments", join(folder, "environments"), "--output", join(folder, "dist")];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["scripts/run.js", "main.ts", ...folders],
      { encoding: "utf8", env: { ...process.env, CDK8S_OUTDIR: undefined } },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const lines = stderr.trimEnd().split("\n");
    expect(lines.at(-1)).toBe("nothing was written");
    expect(lines.slice(0, -1).filter((line) => !/\/m\d+\.yaml:\d+:\d+: /.test(line))).toEqual([]);
    const named = new Set(lines.flatMap((line) => /\/(m\d+)\.yaml:/.exec(line)?.[1] ?? []));
    expect(named.size).toBe(all.length);
    expect(stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(readdirSync(join(folder, "dist"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
