import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { version } from "../../package.json";
import { readChangelog } from "../../scripts/changelog";

const good = `# Changelog

Of this.

## Unreleased

### Fixed

- c

## 0.2.0 - 2026-12-01

What to do first.

### Added

- b

### Fixed

- a

## 0.2.0-rc.1 - 2026-11-30
`;

const mistakesOf = (text: string) =>
  readChangelog("CHANGELOG.md", text).mistakes.map(({ line, message }) => `${line}: ${message}`);

describe("a changelog", () => {
  test("has what changed, by version", () => {
    expect(readChangelog("CHANGELOG.md", good)).toEqual({
      releases: [
        { version: "Unreleased", notes: "### Fixed\n\n- c" },
        { version: "0.2.0", notes: "What to do first.\n\n### Added\n\n- b\n\n### Fixed\n\n- a" },
        { version: "0.2.0-rc.1", notes: "" },
      ],
      mistakes: [],
    });
  });

  test.each([
    ["Unreleased", "Soon", "5: is no release; write `## Unreleased`, or `## 0.2.0 - 2026-12-01`"],
    ["## Unreleased", "## 0.3.0 - 2026-12-02", "5: is the first; write `## Unreleased` above it"],
    ["## Unreleased", "## Unreleased - 2026-12-02", "5: Unreleased has no date; remove it"],
    [" - 2026-12-01", "", "11: has no date; write `## 0.2.0 - 2026-12-01`"],
    ["2026-12-01", "2026-02-30", "11: 2026-02-30 is no day"],
    ["2026-12-01", "2026-13-01", "11: 2026-13-01 is no day"],
    ["0.2.0 - 2026-12-01", "Unreleased", "11: Unreleased comes before all releases"],
    ["0.2.0-rc.1", "0.2.0", "23: 0.2.0 stands below 0.2.0, which is not newer; write the newest first"],
    ["0.2.0-rc.1", "0.10.0", "23: 0.10.0 stands below 0.2.0, which is not newer; write the newest first"],
    [
      "### Added",
      "### New",
      "15: New is no kind of change; write one of Added, Changed, Deprecated, Removed, Fixed, Security",
    ],
    ["### Added", "### Fixed", "19: Fixed is there twice; put both together"],
    [/## (?!#)/g, "#### ", "1: has no release; write `## Unreleased`"],
  ])("is refused with %j as %j", (from, to, message) => {
    expect(mistakesOf(good.replaceAll(from, to))).toEqual([message]);
  });
});

describe("CHANGELOG.md", () => {
  const { releases, mistakes } = readChangelog("CHANGELOG.md", readFileSync("CHANGELOG.md", "utf8"));

  test("has the form that it says it has, and the package's version as its newest, once there is one", () => {
    expect(mistakes).toEqual([]);
    const [, newest] = releases;
    if (newest !== undefined) expect(newest.version).toBe(version);
  });

  test("says nothing twice, which merges may do", () => {
    const lines = releases.flatMap(({ notes }) => notes.split("\n").filter((line) => line.length > 40));
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  });
});

describe("npm run release-notes", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/run.js", "scripts/release-notes.ts", ...args], {
      encoding: "utf8",
    });

  test("prints what is said of a version", () => {
    const notes = execFileSync(
      process.execPath,
      ["scripts/run.js", "scripts/release-notes.ts", "Unreleased"],
      {
        encoding: "utf8",
      },
    );
    expect(readFileSync("CHANGELOG.md", "utf8")).toContain(`\n## Unreleased\n\n${notes}`);
  });

  test.each([
    [[], /^the version is missing; write .*Unreleased/],
    [["99.0.0"], /^CHANGELOG\.md has no 99\.0\.0; write .*Unreleased/],
    [["unreleased"], /^CHANGELOG\.md has no unreleased; write Unreleased$/m],
    [["Unreleased", "more"], /^CHANGELOG\.md has no Unreleased more; write /],
  ])("refuses %j", (args, message) => {
    expect(run(...args)).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(message) });
  });
});
