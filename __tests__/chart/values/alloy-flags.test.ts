import { readFileSync } from "node:fs";
import { join } from "node:path";
import { alloyArguments } from "../../../lib/chart/values/alloy-flags";
import { moduleSources } from "../../../scripts/go-program";
import { declareMissing } from "../../engines/describe";

const sources = moduleSources("github.com/grafana/alloy@v1.18.1");
if ("missing" in sources) {
  declareMissing("the source of alloy run", sources.missing, () => testFlags(""));
} else {
  testFlags(sources.folder);
}

function said(...values: readonly unknown[]): readonly string[] {
  const messages: string[] = [];
  alloyArguments(values, [], (_, message) => messages.push(message));
  return messages;
}

/** @param folder of Alloy's sources, whose `alloy run` says its flags with the kind of each */
function testFlags(folder: string): void {
  test("each flag of alloy run is taken with a value of its kind, or refused with a reason of its own", () => {
    const source = readFileSync(join(folder, "internal/alloycli/cmd_run.go"), "utf8");
    const flags = [...source.matchAll(/\b(\w*)Var\(&r\.\w+, "([\w.-]+)"/g)];
    expect(flags.length).toBeGreaterThan(30);
    for (const [, kind, name] of flags) {
      const [message] = said(kind === "Bool" ? `--${name}` : `--${name}=${kind === "Duration" ? "5m" : "x"}`);
      expect([name, message ?? "taken"]).not.toEqual([name, expect.stringContaining("is no flag")]);
      const isBoolean = message === undefined && said(`--${name}=maybe`).join().includes("on or off");
      if (message === undefined) expect([name, isBoolean]).toEqual([name, kind === "Bool"]);
    }
  });
}

test("what is no argument of alloy run, as it says itself", () => {
  expect(said("--bogus", "-v", "other.alloy", 1)).toHaveLength(4);
  expect(said("--disable-reporting=T", "--server.http.memory-addr", "alloy.internal:1")).toEqual([]);
});
