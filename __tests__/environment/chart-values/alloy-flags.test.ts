import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alloyArguments } from "../../../lib/chart/values/alloy-flags";

/** The flags of `alloy run` with the kind of each, by the source of its module; why there is none, where it can't be had. */
function flagsInSource(): ReadonlyMap<string, string> | string {
  const module = "github.com/grafana/alloy@v1.18.1";
  const { status, stdout, stderr, error } = spawnSync("go", ["mod", "download", "-json", module], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  if (error !== undefined || status !== 0) return `${module}: ${error?.message ?? stderr}`;
  const file = join(JSON.parse(stdout).Dir, "internal/alloycli/cmd_run.go");
  const calls = readFileSync(file, "utf8").matchAll(/\b(\w*)Var\(&r\.\w+, "([\w.-]+)"/g);
  return new Map([...calls].map(([, kind = "", name = ""]) => [name, kind]));
}

function said(...values: readonly unknown[]): readonly string[] {
  const messages: string[] = [];
  alloyArguments(values, [], (_, message) => messages.push(message));
  return messages;
}

const flags = flagsInSource();
const missing = typeof flags === "string" ? flags : undefined;
const withSource = missing === undefined || process.env.CI ? test : test.skip;
if (missing !== undefined) process.stderr.write(`skipped: the flags of alloy run: ${missing}\n`);

withSource(
  "each flag of alloy run is taken with a value of its kind, or refused with a reason of its own",
  () => {
    if (typeof flags === "string") throw new Error(flags);
    expect(flags.size).toBeGreaterThan(30);
    for (const [name, kind] of flags) {
      const [message] = said(kind === "Bool" ? `--${name}` : `--${name}=${kind === "Duration" ? "5m" : "x"}`);
      expect([name, message ?? "taken"]).not.toEqual([name, expect.stringContaining("is no flag")]);
      const isBoolean = message === undefined && said(`--${name}=maybe`).join().includes("on or off");
      if (message === undefined) expect([name, isBoolean]).toEqual([name, kind === "Bool"]);
    }
  },
);

test("what is no argument of alloy run, as it says itself", () => {
  expect(said("--bogus", "-v", "other.alloy", 1)).toHaveLength(4);
  expect(said("--disable-reporting=T", "--server.http.memory-addr", "alloy.internal:1")).toEqual([]);
});
