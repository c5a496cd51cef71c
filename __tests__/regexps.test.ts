import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";
import { analyse } from "scslre";

// Of a regexp that can match one text in many ways JavaScript tries each of them, where Go's are read once: a letter more,
// and it takes twice as long.

const sources = execFileSync("git", ["ls-files", "lib/**.ts", "scripts/**.ts", "scripts/*.js"], {
  encoding: "utf8",
});

/** The regexps in a part of a program's syntax. */
function* regexpsIn(part: unknown): Generator<RegExp> {
  if (typeof part !== "object" || part === null) return;
  if ("pattern" in part && "flags" in part) yield new RegExp(String(part.pattern), String(part.flags));
  for (const inside of Object.values(part)) yield* regexpsIn(inside);
}

/** Whether the time that a regexp takes can double with each character. */
function isExponential(regexp: RegExp): boolean {
  return analyse(regexp).reports.some(({ exponential }) => exponential);
}

test("none takes a time that can double with each character of a text", () => {
  const all = sources
    .trim()
    .split("\n")
    .flatMap((path) =>
      [...regexpsIn(parseSync(readFileSync(path, "utf8"), { syntax: "typescript" }))].map((regexp) => ({
        path,
        regexp,
      })),
    );
  expect(all.length).toBeGreaterThan(400);
  expect(all.filter(({ regexp }) => isExponential(regexp))).toEqual([]);
});

test("one that would is found", () => {
  expect(isExponential(/^(?:[a-z]+\w*)+$/)).toBe(true);
  expect(isExponential(/^[a-z]\w*$/)).toBe(false);
});
