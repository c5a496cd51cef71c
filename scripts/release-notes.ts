import { readFileSync } from "node:fs";
import { nearest } from "../lib/alloy";
import { DiagnosticsError } from "../lib/environment";
import { parseWords, run, UsageError } from "../lib/synthesis";
import { readChangelog } from "./changelog";

const usage = `Prints what CHANGELOG.md says of a version, as the notes of its release.

  npm run --silent release-notes -- 0.2.0
  npm run --silent release-notes -- Unreleased

Options, behind --:
  --help   says this
`;

run(() => {
  const { values, positionals } = parseWords("release-notes", process.argv.slice(2), {});
  if (values.help === true) return { notices: [], summary: usage };
  const { releases, mistakes } = readChangelog("CHANGELOG.md", readFileSync("CHANGELOG.md", "utf8"));
  if (mistakes.length > 0) throw new DiagnosticsError(mistakes);
  const [version = "", ...others] = positionals;
  const known = releases.map((release) => release.version);
  const found = releases.find((release) => release.version === version.replace(/^v(?=\d)/, ""));
  if (found === undefined || others.length > 0) {
    const wanted = positionals.join(" ");
    const what = wanted === "" ? "the version is missing" : `CHANGELOG.md has no ${wanted}`;
    throw new UsageError(`${what}; write ${nearest(wanted, known) ?? known.join(" or ")}`);
  }
  return { notices: [], answer: `${found.notes}\n` };
});
