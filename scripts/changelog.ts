import { newestFirst } from "../lib/chart";
import type { Diagnostic } from "../lib/environment";

/** What a changelog says of a version. */
export interface Release {
  /** Such as `0.2.0`; `Unreleased` of what has no version yet. */
  readonly version: string;
  /** The text below the heading. */
  readonly notes: string;
}

/** A changelog's releases, newest first, and where it isn't in the form of https://keepachangelog.com/en/1.1.0/. */
export interface Changelog {
  readonly releases: readonly Release[];
  readonly mistakes: readonly Diagnostic[];
}

const unreleased = "Unreleased";
const releaseHeading =
  /^## (?<version>Unreleased|\d+\.\d+\.\d+(?:-[\w.]+)?)(?: - (?<date>\d{4}-\d{2}-\d{2}))?$/;
const kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/** Reads a changelog. */
export function readChangelog(file: string, text: string): Changelog {
  const lines = text.split("\n");
  const mistakes: Diagnostic[] = [];
  const report = (line: number, message: string) =>
    mistakes.push({ severity: "error", file, line: line + 1, column: 1, key: "", message });
  const headings = lines.flatMap((text, line) => (text.startsWith("## ") ? [{ text, line }] : []));
  const releases = headings.map(({ text, line }, index): Release => {
    const { version = "", date } = releaseHeading.exec(text)?.groups ?? {};
    const above = headings[index - 1];
    const before = above && (releaseHeading.exec(above.text)?.groups?.version ?? "");
    const wrong = headingMistake(version, date, before);
    if (wrong !== undefined) report(line, wrong);
    const end = headings[index + 1]?.line ?? lines.length;
    reportKinds(lines.slice(line + 1, end), (at, message) => report(line + 1 + at, message));
    return {
      version,
      notes: lines
        .slice(line + 1, end)
        .join("\n")
        .trim(),
    };
  });
  if (releases.length === 0) report(0, `has no release; write \`## ${unreleased}\``);
  return { releases, mistakes };
}

/** @param before the version of the heading above: undefined where there is none, empty where it is wrong itself */
function headingMistake(version: string, date: string | undefined, before: string | undefined) {
  if (version === "") return `is no release; write \`## ${unreleased}\`, or \`## 0.2.0 - 2026-12-01\``;
  if (version === unreleased) {
    if (before !== undefined) return `${unreleased} comes before all releases`;
    return date === undefined ? undefined : `${unreleased} has no date; remove it`;
  }
  if (before === undefined) return `is the first; write \`## ${unreleased}\` above it`;
  if (date === undefined) return `has no date; write \`## ${version} - 2026-12-01\``;
  if (!isDay(date)) return `${date} is no day`;
  return before === "" || before === unreleased || (before !== version && newestFirst(before, version) < 0)
    ? undefined
    : `${version} stands below ${before}, which is not newer; write the newest first`;
}

/** JavaScript takes the 30th of February for a day in March. */
function isDay(date: string): boolean {
  const day = new Date(date);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

function reportKinds(lines: readonly string[], report: (line: number, message: string) => void): void {
  const known: string[] = [];
  for (const [line, text] of lines.entries()) {
    const kind = /^### (.*)$/.exec(text)?.[1];
    if (kind === undefined) continue;
    if (!kinds.includes(kind)) report(line, `${kind} is no kind of change; write one of ${kinds.join(", ")}`);
    else if (known.includes(kind)) report(line, `${kind} is there twice; put both together`);
    known.push(kind);
  }
}
